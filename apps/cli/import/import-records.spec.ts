import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agencyId, instantAt } from '#kernel';
import { NoToken } from '../bearer-tokens.js';
import { LedgerClient } from '../ledger-client.js';
import { mapAuditEvent } from './fhir-audit-event.js';
import { importRecords } from './import-records.js';
import { recordsOf, type FileRecord } from './record-file.js';

const published = 'test/data/fhir-auditevents.ndjson';
const names = { byName: new Map(), all: agencyId('klinik.example') };

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nachweis-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Uint8Array): string {
  const path = join(folder, 'events');
  writeFileSync(path, content);
  return path;
}

async function read(path: string): Promise<FileRecord[]> {
  const records: FileRecord[] = [];
  for await (const record of recordsOf(path)) records.push(record);
  return records;
}

const ends = (records: readonly FileRecord[]): string[] =>
  records.map((record) => `${record.place} ${'value' in record ? 'read' : record.fault}`);

/** A ledger that keeps what it is sent once, and admits before it records. */
function ledger(refuse: (id: string) => number | undefined = () => undefined, hasOperator = true) {
  const kept = new Map<string, string>();
  const admitted = new Set<string>();
  const answer = (status: number, code?: string): Response => new Response(JSON.stringify({ code }), { status });
  const client = new LedgerClient({
    url: 'http://ledger.example',
    wait: async () => undefined,
    tokens: {
      tokenFor: async ({ role, agency }) => {
        if (role === 'operator' && !hasOperator) throw new NoToken('no operator');
        return `${role} ${agency}`;
      },
    },
    fetch: async (_, { headers, body: text }) => {
      const body = JSON.parse(text) as { id: string; type: string; data: { agency: string } };
      if (body.type === 'AgencyAdmitted') {
        admitted.add(body.data.agency);
        return answer(201);
      }
      const agency = headers.authorization.split(' ').at(-1) ?? '';
      if (!admitted.has(agency)) return answer(403, 'agency-not-admitted');
      const refused = refuse(body.id);
      if (refused !== undefined) return answer(refused, 'refused');
      const before = kept.get(body.id);
      if (before !== undefined) return before === text ? answer(200) : answer(409, 'id-taken');
      kept.set(body.id, text);
      return answer(201);
    },
  });
  return { client, kept, admitted };
}

async function run(path: string, { client }: { client: LedgerClient }) {
  const lines: string[] = [];
  const summary = await importRecords({
    records: recordsOf(path),
    map: (value) => mapAuditEvent(value, names),
    client,
    clock: { now: () => instantAt(Date.UTC(2026, 0, 1)) },
    report: (line) => lines.push(line),
  });
  return { summary, lines };
}

describe('importing a file', () => {
  it('admits the agency, records every event, and changes nothing the second time', async () => {
    const target = ledger();
    const first = await run(published, target);
    expect(first.summary).toEqual({ recorded: 3, known: 0, unmapped: 0, refused: 0 });
    expect([...target.admitted]).toEqual(['klinik.example']);
    const kept = new Map(target.kept);
    const second = await run(published, target);
    expect(second.summary).toEqual({ recorded: 0, known: 3, unmapped: 0, refused: 0 });
    expect(target.kept).toEqual(kept);
  });

  it('says of every line what became of it, and never repeats what it says', async () => {
    const { lines } = await run(published, ledger());
    expect(lines.toSorted().map((line) => line.split(';')[0])).toEqual([
      'line 1: DisclosureReceived of klinik.example recorded',
      'line 2: RequestDecided of klinik.example recorded',
      'line 3: InformationConsulted of klinik.example recorded',
    ]);
    expect(lines.join('\n')).toContain('not carried over: /meta');
    expect(lines.join('\n')).not.toMatch(/Smith|ex-patient|myMachine/);
  });

  it('goes on after a line the ledger refuses', async () => {
    let asked = 0;
    const target = ledger(() => ((asked += 1) === 1 ? 409 : undefined));
    const { summary, lines } = await run(published, target);
    expect(summary).toMatchObject({ recorded: 2, refused: 1 });
    expect(lines.join('\n')).toContain('not recorded: the ledger answered 409 refused');
  });

  it('stops when the ledger takes none of its tokens', async () => {
    await expect(
      run(
        published,
        ledger(() => 401),
      ),
    ).rejects.toThrow('401');
  });

  it('reports what it may not record where nobody can admit the agency', async () => {
    const { summary } = await run(published, ledger(undefined, false));
    expect(summary).toMatchObject({ recorded: 0, refused: 3 });
  });

  it('reports hostile lines and goes on', async () => {
    const [event = ''] = await import('node:fs').then(({ readFileSync }) =>
      readFileSync(published, 'utf8').split('\n'),
    );
    const hostile = [
      'garbage',
      '{"resourceType":"AuditEvent","resourceType":"Patient"}',
      '{"__proto__":{"resourceType":"AuditEvent"}}',
      '"\\u0000"',
      '['.repeat(500),
      `"${'x'.repeat(1_100_000)}"`,
      event.replace('2020-04-29', '2999-04-29'),
      event.replace('"meta":', '"\\u001b[2Jmeta":'),
    ];
    const { summary, lines } = await run(fileOf(`${hostile.join('\n')}\n`), ledger());
    expect(summary).toEqual({ recorded: 1, known: 0, unmapped: 7, refused: 0 });
    expect(lines).toHaveLength(8);
    expect(lines.join('\n')).toContain('line 7: not imported: /occurredAt');
    expect(lines.join('')).not.toContain('\u001b');
    expect(lines.every((line) => line.length < 3000)).toBe(true);
  });
});

describe('a file of records', () => {
  it.each([
    ['lines', '{"a":1}\n{"a":2}\n'],
    ['lines without a last end', '{"a":1}\n{"a":2}'],
    ['lines of Windows, blank ones between', '{"a":1}\r\n\r\n{"a":2}\r\n'],
    ['lines after a byte order mark', '\ufeff{"a":1}\n{"a":2}\n'],
    ['a list', '[{"a":1},{"a":2}]'],
    ['an indented list', '[\n {"a":1},\n {"a":2}\n]\n'],
    ['a Bundle', '{"resourceType":"Bundle","entry":[{"resource":{"a":1}},{"resource":{"a":2}}]}'],
    ['an indented Bundle', '\ufeff{\n"resourceType":"Bundle",\n"entry":[{"resource":{"a":1}},\n{"resource":{"a":2}}]}'],
  ])('may be %s', async (_, content) => {
    const records = await read(fileOf(content));
    expect(records.map((record) => 'value' in record && record.value)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it.each([
    ['', []],
    ['\n\n', []],
    ['{\n', ['file not JSON with one meaning: not JSON from character 2 on']],
    ['{"resourceType":"Bundle"}', ['entry 1 read']],
    ['{"resourceType":"Bundle","entry":[null,5]}', ['entry 1 read', 'entry 2 read']],
    ['{"a":1}\n{x\n', ['line 1 read', 'line 2 not JSON with one meaning: not JSON from character 1 on']],
  ])('that holds %j ends as %j', async (content, expected) => {
    expect(ends(await read(fileOf(content)))).toEqual(expected);
  });

  it('never holds a line longer than a mebibyte', async () => {
    const records = await read(fileOf(`{"a":1}\n"${'x'.repeat(3_000_000)}"\n{"a":2}\n`));
    expect(ends(records)).toEqual(['line 1 read', 'line 2 longer than 1048576 bytes', 'line 3 read']);
  });

  it('is not UTF-8: said, not crashed', async () => {
    expect(ends(await read(fileOf(Buffer.from([0x22, 0xff, 0x22, 0x0a]))))).toEqual([
      'line 1 not JSON with one meaning: not UTF-8',
    ]);
  });
});
