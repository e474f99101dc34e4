import { jest } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { leafIndex, treeSize } from '#kernel';
import { pack, trailOf, unpack, Workplace } from '../../libs/trail/testing/repack.js';
import { SampleLedger } from '../../libs/trail/testing/sample-trail.js';
import { registerVerify } from './verify.js';

const place = new Workplace();
afterAll(() => place.remove());

const ledger = new SampleLedger(treeSize(40));
const trail = place.file('trail.zip', await trailOf(ledger.source({ since: ledger.checkpoint(treeSize(10)) })));

async function nachweis(...args: string[]): Promise<{ code: number; lines: string[]; output: string; errors: string }> {
  let output = '';
  let errors = '';
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((output += String(text)), true)),
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((errors += String(text)), true)),
  ];
  const before = process.exitCode;
  const program = new Command('nachweis').exitOverride();
  registerVerify(program);
  try {
    await program.parseAsync(['verify', ...args], { from: 'user' });
    return { code: Number(process.exitCode), lines: output.trimEnd().split('\n'), output, errors };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { code: error.exitCode, lines: [], output, errors };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

async function changed(name: string, change: (files: Map<string, Buffer>) => void): Promise<string> {
  const files = await unpack(await trailOf(ledger.source()));
  change(files);
  return place.file(name, await pack(files));
}

describe('nachweis verify', () => {
  it('ends with the verdict in plain words: erased, 0', async () => {
    const { code, lines, errors } = await nachweis(trail, '--log-key', ledger.vkey);
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatch(
      /^erased: 40 entries \(0 to 39\) of log ledger\.example\/entries are exactly the ones under the checkpoint of size 40 .*; 88 blocks disclosed, 6 erased, 40 not disclosed\.$/,
    );
    expect(lines.join('\n')).toContain('not checked: Countersignatures of witnesses');
    expect(errors).toContain('Checking entries');
  });

  it('names what was tampered with: 1', async () => {
    const path = await changed('tampered.zip', (files) => {
      const entries = files.get('data/entries.ndjson') ?? Buffer.alloc(0);
      const place = entries.indexOf(ledger.leaf(leafIndex(17))) + 100;
      entries[place] = (entries[place] ?? 0) ^ 1;
    });
    const { code, lines } = await nachweis(path, '--log-key', ledger.vkey);
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatch(/^tampered: /);
    expect(lines.join('\n')).toContain(
      'tampered: data/entries.ndjson, entry 17 (0192f0c1-0000-7000-8000-000000000017): The entry is not the one under the root.',
    );
  });

  it('says what is missing: 2', async () => {
    const path = await changed('incomplete.zip', (files) => files.delete('data/index.tsv'));
    const { code, lines } = await nachweis(path, '--log-key', ledger.vkey);
    expect([code, lines.at(-1)?.split(':')[0]]).toEqual([2, 'incomplete']);
  });

  it('cannot vouch for a trail of another key: 2', async () => {
    const { code, lines } = await nachweis(trail, '--log-key', new SampleLedger(treeSize(0), { key: 9 }).vkey);
    expect([code, lines.at(-1)?.split(':')[0]]).toEqual([2, 'unverifiable']);
  });

  it('takes key, policy and earlier checkpoint from files', async () => {
    const key = place.file('log.vkey', `${ledger.vkey}\n`);
    const policy = place.file('policy.txt', `log ${ledger.vkey}\nquorum none\n`);
    const since = place.file('checkpoint', ledger.checkpoint(treeSize(10)));
    const { code, output } = await nachweis(trail, '--log-key', key, '--policy', policy, '--since', since);
    expect(code).toBe(0);
    expect(output).not.toMatch(/no policy|none was given/);
  });

  it('prints JSON and nothing else with --json', async () => {
    const { code, output } = await nachweis(trail, '--log-key', ledger.vkey, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      verdict: 'erased',
      entries: 40,
      head: { size: 40, root: ledger.head().root.toString('base64') },
      findings: [],
    });
  });

  it.each([
    ['a malformed key', [trail, '--log-key', 'nonsense']],
    ['a trail that is not there', [place.path('nowhere.zip'), '--log-key', ledger.vkey]],
    ['a folder', [place.path('.'), '--log-key', ledger.vkey]],
    ['a policy that is none', [trail, '--log-key', ledger.vkey, '--policy', trail]],
  ])('answers wrong use with 64: %s', async (_, args) => {
    const { code, errors } = await nachweis(...args);
    expect(code).toBe(64);
    expect(errors).toContain('nachweis verify: ');
  });

  it('refuses a missing key and unknown options', async () => {
    expect((await nachweis(trail)).code).toBe(1);
    expect((await nachweis(trail, '--log-key', ledger.vkey, '--force')).code).toBe(1);
  });
});
