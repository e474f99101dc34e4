import type { Role } from '#access';
import { entryTypes } from '#catalogue';
import type { EntryId } from '#kernel';
import { canonical, type JsonObject } from '#statement';
import { InvalidProof, leafHash, openReceipt, verifierKey, verifyTlogProof, type Receipt } from '#transparency';
import { DataInUse, OriginMismatch } from '../../apps/ledger/data-directory.js';
import type { Answer, Caller, ProblemAnswer, RecordedAnswer } from '../support/caller.js';
import { RunningLedger, until } from '../support/running-ledger.js';
import {
  entryLike,
  exampleOf,
  freshId,
  intelligence,
  police,
  recorderOf,
  request,
  sentTypes,
  typesOfAgencies,
  youthOffice,
} from './sample-entries.js';

interface Log {
  readonly origin: string;
  readonly verifierKey: string;
  readonly receiptKey: string;
}

let running: RunningLedger;
let callers: Readonly<Record<string, Caller>>;
let dpo: Readonly<Record<string, Caller>>;
let officer: Caller;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, intelligence);
  const each = async (role: Role): Promise<Readonly<Record<string, Caller>>> => ({
    [police]: await running.as(role, police),
    [youthOffice]: await running.as(role, youthOffice),
    [intelligence]: await running.as(role, intelligence),
  });
  callers = await each('agency');
  dpo = await each('dpo');
  officer = callers[police] as Caller;
});
afterAll(() => running.remove());

const look = { 'Access-Purpose': 'lawfulness-check' };
const recorded = (answer: Answer): RecordedAnswer => answer.json<RecordedAnswer>();
const codeOf = (answer: Answer): string => answer.json<ProblemAnswer>().code;

async function entriesLog(): Promise<Log> {
  const { logs } = (await officer.get('/v1/logs')).json<{ logs: (Log & { name: string })[] }>();
  return logs.find(({ name }) => name === 'entries') as Log;
}

async function receiptOf({ receipt }: RecordedAnswer): Promise<Receipt> {
  return openReceipt(receipt, [verifierKey((await entriesLog()).receiptKey)]);
}

async function shown(id: string, by = dpo[police], headers = look): Promise<JsonObject> {
  const answer = await (by as Caller).get(`/v1/entries/${id}`, headers);
  expect(answer.status).toBe(200);
  return answer.json<JsonObject>();
}

describe('An entry', () => {
  test.each(typesOfAgencies)('like the example of %s is recorded and read back as it was sent', async (type) => {
    const example = exampleOf(type);
    const answer = await (callers[recorderOf(type)] as Caller).record(example);
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`/v1/entries/${example.id}`);
    const { index, leafHash: hash, recordedAt, log } = recorded(answer);
    expect(await receiptOf(recorded(answer))).toEqual({
      origin: running.origin,
      log,
      entryId: example.id,
      index,
      leafHash: Buffer.from(hash, 'base64'),
      recordedAt,
    });
    const { leaf, data } = await shown(example.id, dpo[recorderOf(type)]);
    expect(leafHash(Buffer.from(canonical(leaf as JsonObject))).toString('base64')).toBe(hash);
    const { id: _, ...said } = example;
    expect(data).toEqual(said);
  });

  test('that only the ledger itself can say is nobody else’s to record', async () => {
    for (const { name, example } of [...entryTypes.values()].filter(({ recordedBy }) => recordedBy === 'ledger')) {
      for (const caller of [officer, await running.as('operator', 'host.example')]) {
        const answer = await caller.record({ ...example, id: freshId() });
        expect([name, answer.status, codeOf(answer)]).toEqual([name, 403, 'forbidden']);
      }
    }
  });

  test.each(sentTypes.filter(([type]) => entryTypes.get(type)?.log === 'registry'))(
    'of the registry like the example of %s is open to every caller',
    async (type, role, by) => {
      const example = exampleOf(type);
      expect((await (await running.as(role, by)).record(example)).status).toBe(201);
      const { leaf } = await shown(example.id, callers[youthOffice], {} as typeof look);
      expect(leaf).toMatchObject({ log: 'registry', statement: { data: example.data, type } });
    },
  );

  test('says what is missing instead of being refused', async () => {
    const missing = { missing: 'unknown' };
    const fields = Object.keys(exampleOf('InformationRequested').data).filter((name) => name !== 'by');
    const entry = request({ data: Object.fromEntries(fields.map((name) => [name, missing])) });
    expect((await officer.record(entry)).status).toBe(201);
    const { data } = await shown(entry.id);
    expect(data).toMatchObject({ data: entry.data });
  });
});

describe('A batch', () => {
  test('is recorded as a whole, in the order of its lines', async () => {
    const entries = Array.from({ length: 400 }, () => request());
    const answer = await officer.batch(entries);
    expect(answer.status).toBe(201);
    const answers = answer.json<{ entries: RecordedAnswer[] }>().entries;
    const first = answers[0]?.index ?? NaN;
    expect(answers.map(({ id, index }) => [id, index])).toEqual(entries.map(({ id }, at) => [id, first + at]));
  });

  test.each([
    ['an invalid line', () => ({ ...request(), type: 'Unknown' }), 422],
    ['a line that is not this caller’s to say', () => ({ ...exampleOf('LedgerAccessed'), id: freshId() }), 403],
    [
      'a line whose id is taken',
      () => ({ ...exampleOf('InformationRequested'), occurredAt: '2026-03-02T09:15:00.001Z' }),
      409,
    ],
  ])('with %s stores nothing', async (_, wrong, status) => {
    const before = await running.holdings();
    const answer = await officer.batch([request(), wrong(), request()]);
    expect(answer.status).toBe(status);
    expect(answer.json<ProblemAnswer>().errors?.map(({ line }) => line)).toEqual([2]);
    expect(await running.holdings()).toEqual(before);
  });

  test('sees in each line the lines before it', async () => {
    const exchange = freshId();
    const opening = request({ exchange, expectedVersion: 0 });
    const ownDecision = entryLike('RequestDecided', { exchange, data: { requester: { missing: 'not-given' } } });
    const refused = await officer.batch([opening, ownDecision]);
    expect([refused.status, codeOf(refused)]).toEqual([403, 'forbidden']);
    const feedback = entryLike('FeedbackGiven', { exchange, expectedVersion: 1 });
    const late = entryLike('FeedbackGiven', { exchange, expectedVersion: 1 });
    const behind = await officer.batch([opening, feedback, late]);
    expect([behind.status, codeOf(behind)]).toEqual([409, 'exchange-moved-on']);
    expect((await officer.batch([opening, feedback, { ...late, expectedVersion: 2 }])).status).toBe(201);
  });

  test('is for one log', async () => {
    const operator = await running.as('operator', 'host.example');
    const admitted = entryLike('AgencyAdmitted');
    const mixed = await operator.batch([admitted, request()]);
    expect([mixed.status, codeOf(mixed)]).toEqual([422, 'invalid-entry']);
    expect(mixed.json<ProblemAnswer>().errors).toEqual([{ pointer: '/type', detail: expect.any(String), line: 2 }]);
  });
});

describe('Sending again', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, inner]) => [name, reversed(inner)]),
    );
  };

  test.each([
    ['the same bytes', (entry: object) => JSON.stringify(entry)],
    ['another order of keys', (entry: object) => JSON.stringify(reversed(entry))],
    ['other white space', (entry: object) => `\n ${JSON.stringify(entry, null, 3)}\t`],
    ['escaped letters', (entry: object) => JSON.stringify(entry).replaceAll('Q', String.raw`\u0051`)],
  ])('with %s is answered with the first receipt', async (_, text) => {
    const entry = request({ data: { justification: 'Question of the conference.' } });
    const first = await officer.record(entry);
    running.clock.tick(60_000);
    const holdings = await running.holdings();
    const again = await officer.record(text(entry));
    expect(again.status).toBe(200);
    expect(again.json()).toEqual(first.json());
    expect(await running.holdings()).toEqual(holdings);
  });

  test('a batch of old and new lines records the new ones and repeats the receipts of the others', async () => {
    const [old, fresh] = [request(), request()];
    const first = recorded(await officer.record(old));
    const answer = await officer.batch([fresh, old]);
    expect(answer.status).toBe(201);
    expect(answer.json<{ entries: unknown[] }>().entries[1]).toEqual(first);
    const again = await officer.batch([fresh, old]);
    expect(again.status).toBe(200);
    expect(again.json()).toEqual(answer.json());
  });

  test('many times at once stores it once', async () => {
    const entry = request();
    const size = await running.size('entries');
    const answers = await Promise.all(Array.from({ length: 12 }, () => officer.record(entry)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(11);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await running.size('entries')).toBe(size + 1);
  });

  test('other content under the same id is refused', async () => {
    const entry = request();
    await officer.record(entry);
    const other = await officer.record({ ...entry, data: { ...entry.data, justification: 'Something else.' } });
    expect([other.status, codeOf(other)]).toEqual([409, 'id-taken']);
  });

  test('is compared by what is left once blocks were destroyed, and the receipt still verifies', async () => {
    const entry = request();
    const first = recorded(await officer.record(entry));
    const promised = await receiptOf(first);
    await running.ledger.vault.destroy({ entry: entry.id as EntryId, blocks: ['people', 'staff'] });
    const again = await officer.record(entry);
    expect([again.status, recorded(again)]).toEqual([200, { ...first, compared: 'partly' }]);
    expect(await receiptOf(recorded(again))).toEqual(promised);
    const kept = await officer.record({ ...entry, data: { ...entry.data, justification: 'Something else.' } });
    expect(kept.status).toBe(409);
    await running.ledger.vault.destroy({ entry: entry.id as EntryId });
    await running.ledger.projections.erase([entry.id as EntryId]);
    expect(recorded(await officer.record(entry))).toEqual({ ...first, compared: 'partly' });
    expect(await shown(entry.id)).toMatchObject({ receipt: first.receipt, opened: [] });
  });
});

describe('An expected version', () => {
  test('refuses only a sender whose exchange has moved on', async () => {
    const exchange = freshId();
    const youth = callers[youthOffice] as Caller;
    expect((await officer.record(request({ exchange, expectedVersion: 0 }))).status).toBe(201);
    const acknowledged = entryLike('RequestAcknowledged', { exchange });
    for (const expectedVersion of [0, 2, Number.MAX_SAFE_INTEGER]) {
      const answer = await youth.record({ ...acknowledged, expectedVersion });
      expect([answer.status, codeOf(answer)]).toEqual([409, 'exchange-moved-on']);
    }
    expect((await youth.record({ ...acknowledged, expectedVersion: 1 })).status).toBe(201);
    expect((await youth.record({ ...acknowledged, expectedVersion: 1 })).status).toBe(200);
    expect((await officer.record(entryLike('FeedbackGiven', { exchange }))).status).toBe(201);
  });
});

describe('Proof', () => {
  test('comes with the answer when the sender waits for it, and ties the leaf to a signed checkpoint', async () => {
    const entry = request();
    const size = await running.size('entries');
    const pending = officer.record(entry, { Prefer: 'wait=30' });
    await until(async () => (await running.size('entries')) > size);
    await running.advance();
    const answer = await pending;
    expect([answer.status, answer.headers['preference-applied']]).toEqual([201, 'wait=30']);
    const { leaf } = await shown(entry.id);
    const { origin, verifierKey: key } = await entriesLog();
    const hash = leafHash(Buffer.from(canonical(leaf as JsonObject)));
    const { proof = '', index } = recorded(answer);
    expect(verifyTlogProof(proof, hash, [verifierKey(key)], origin)).toMatchObject({ index, head: { origin } });
    expect(() => verifyTlogProof(proof, leafHash(Buffer.from('other')), [verifierKey(key)], origin)).toThrow(
      InvalidProof,
    );
  });

  test('is left out when it is not there in time', async () => {
    const answer = await officer.record(request(), { Prefer: 'wait=0' });
    expect([answer.status, answer.headers['preference-applied'], recorded(answer).proof]).toEqual([
      201,
      'wait=0',
      undefined,
    ]);
  });

  test('can be fetched as soon as a checkpoint covers the entry, and the answer says when to come back', async () => {
    const entry = request();
    const { leafHash: hash, index } = recorded(await officer.record(entry));
    const early = await officer.get(`/v1/entries/${entry.id}/proof`);
    expect([early.status, codeOf(early), early.headers['retry-after']]).toEqual([404, 'not-integrated', '1']);
    await running.advance();
    const proof = await officer.get(`/v1/entries/${entry.id}/proof`);
    expect([proof.status, proof.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    const { origin, verifierKey: key } = await entriesLog();
    const verified = verifyTlogProof(proof.text, Buffer.from(hash, 'base64'), [verifierKey(key)], origin);
    expect(verified.index).toBe(index);
  });
});

describe('A restart', () => {
  test('keeps entries, receipts, heads and views', async () => {
    const exchange = freshId();
    const entry = request({ exchange });
    const first = await officer.record(entry);
    await running.advance();
    const asked = [
      '/v1/logs',
      '/v1/logs/entries/checkpoint',
      '/v1/logs/registry/checkpoint',
      `/v1/exchanges/${exchange}`,
    ];
    const answers = async () => Promise.all(asked.map(async (path) => (await officer.get(path)).text));
    const before = [await answers(), await running.holdings()];
    await running.close();
    await running.open();
    expect([await answers(), await running.holdings()]).toEqual(before);
    const again = await officer.record(entry);
    expect([again.status, again.json()]).toEqual([200, first.json()]);
    expect((await officer.get(`/v1/entries/${entry.id}/proof`)).status).toBe(200);
  });

  test('under another origin is refused and changes nothing', async () => {
    await running.close();
    const environment = { NACHWEIS_ORIGIN: 'other.example/nachweis' };
    await expect(RunningLedger.start({ directory: running.directory, environment })).rejects.toThrow(OriginMismatch);
    await running.open();
    expect((await officer.record(request())).status).toBe(201);
  });

  test('beside a running ledger on the same data is refused, every time', async () => {
    for (const _ of [1, 2]) {
      await expect(RunningLedger.start({ directory: running.directory })).rejects.toThrow(DataInUse);
      expect((await officer.record(request())).status).toBe(201);
    }
  });
});
