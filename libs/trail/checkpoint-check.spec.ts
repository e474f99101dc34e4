import { type Instant, treeSize } from '#kernel';
import { cosigner, ed25519FromSeed } from '#transparency';
import { sentenceOf, type TrailReport, type Trust, verifyTrail } from './index.js';
import { edited, trailOf, Workplace } from './testing/repack.js';
import { SampleLedger } from './testing/sample-trail.js';

const place = new Workplace();
afterAll(() => place.remove());

const ledger = new SampleLedger(treeSize(600));
const whole = await trailOf(ledger.source());

let files = 0;
const verify = (zip: Buffer, trust: Partial<Trust> = {}): Promise<TrailReport> =>
  verifyTrail(place.file(`${(files += 1)}.zip`, zip), { logKey: ledger.vkey, ...trust });

describe('a checkpoint the verifier holds already', () => {
  const since = (size: number): string => ledger.checkpoint(treeSize(size));

  it.each([0, 1, 255, 256, 300, 599, 600])('of size %i is shown to be a prefix', async (size) => {
    const report = await verify(await trailOf(ledger.source({ since: since(size) })), { since: since(size) });
    expect(report).toMatchObject({ verdict: 'erased', findings: [] });
  });

  it('of another history is a fork: tampered', async () => {
    const fork = new SampleLedger(treeSize(300), { seed: 'another history' }).checkpoint();
    const trail = await trailOf(ledger.source({ since: since(300) }));
    expect((await verify(trail, { since: fork })).findings).toEqual([
      expect.objectContaining({ verdict: 'tampered', file: 'data/consistency.txt' }),
    ]);
    const same = new SampleLedger(treeSize(600), { seed: 'another history' }).checkpoint();
    expect((await verify(whole, { since: same })).verdict).toBe('tampered');
  });

  it('that the proof does not start from leaves the trail incomplete', async () => {
    expect((await verify(whole, { since: since(300) })).verdict).toBe('incomplete');
    const trail = await trailOf(ledger.source({ since: since(200) }));
    expect((await verify(trail, { since: since(300) })).verdict).toBe('incomplete');
  });

  it('that is larger than the trail leaves it incomplete', async () => {
    const older = await trailOf(ledger.source({ checkpoint: since(300), to: treeSize(300), nodes: ledger.nodes }));
    expect((await verify(older, { since: since(600) })).verdict).toBe('incomplete');
  });

  it('of another key is unverifiable', async () => {
    const foreign = new SampleLedger(treeSize(300), { key: 9 }).checkpoint();
    expect((await verify(whole, { since: foreign })).verdict).toBe('unverifiable');
  });

  it('is not proven by a changed proof', async () => {
    const trail = await trailOf(ledger.source({ since: since(300) }));
    const report = await verify(await edited(trail, 'data/consistency.txt', /(?<=old 300\n)./, 'A'), {
      since: since(300),
    });
    expect(report.verdict).toBe('tampered');
  });
});

describe('a policy', () => {
  const clock = { now: () => '2026-11-23T08:00:00.000Z' as Instant };
  const witnesses = [1, 2, 3].map((n) =>
    cosigner(`witness-${n}.example`, ed25519FromSeed(Buffer.alloc(32, 100 + n)), clock),
  );
  const policy = [
    `log ${ledger.vkey} https://ledger.example`,
    ...witnesses.map(({ vkey }, n) => `witness w${n} ${vkey} https://w${n}.example`),
    'group most 2 w0 w1 w2',
    'quorum most',
  ].join('\n');
  const trailBy = (...cosigners: number[]): Promise<Buffer> =>
    trailOf(
      ledger.source({
        checkpoint: ledger.checkpoint(
          ledger.size,
          cosigners.flatMap((n) => witnesses[n] ?? []),
        ),
      }),
    );

  it('is met by enough countersignatures', async () => {
    const report = await verify(await trailBy(0, 2), { policy });
    expect(report.verdict).toBe('erased');
    expect(report.notChecked.join()).not.toContain('policy');
  });

  it('is not met by too few: unverifiable', async () => {
    const report = await verify(await trailBy(1), { policy });
    expect(report.verdict).toBe('unverifiable');
    expect(sentenceOf(report)).toContain('1 of 3 witnesses');
  });

  it('finds a bad countersignature: tampered', async () => {
    const trail = await trailBy(0, 1, 2);
    const line = /(?<=witness-2\.example .{30})./;
    const report = await verify(await edited(trail, 'data/checkpoint', line, '/'), { policy });
    expect(report.verdict).toBe('tampered');
    expect(report.findings[0]?.what).toContain('witness-2.example');
  });

  it('for another log does not count', async () => {
    const other = new SampleLedger(treeSize(0), { key: 9 }).vkey;
    const report = await verify(await trailBy(0, 1), { policy: policy.replace(ledger.vkey, other) });
    expect(report.verdict).toBe('unverifiable');
  });
});
