import fc from 'fast-check';
import { leafIndex } from '#kernel';
import { leafRecord, LeafMac, type OutgoingRecord } from '#messaging';
import { Memory } from '#messaging/memory';
import { disclosures } from './projections/disclosures.js';
import { completeUpTo, readPositions } from './saved-positions.js';
import { breakable } from './testing/breakable.js';
import { testOrigin } from './testing/databases.js';
import { rebuiltElsewhere } from './testing/projected.js';
import type { RecordedLog } from './testing/recorded-log.js';
import { allFolded, counted, counting, everyName, longest, recorded, stateIn } from './testing/stream-counts.js';
import { emptyViews, outgoing, streamed, streamedProjections, type Outgoing, vouched } from './testing/streamed.js';

const seed = 20261122;

describe('records that are not what they should be', () => {
  const tampered = ({ record }: Outgoing, headers: Record<string, string>, value = record.value): OutgoingRecord => ({
    value,
    headers: { ...record.headers, ...headers },
  });

  it('are counted by what is wrong with them and never folded', async () => {
    const log = await recorded();
    const leaves = await outgoing(log);
    const { observer, counts } = counting();
    await using world = await streamed({ log, observer });
    for (const leaf of leaves) {
      const { partition, index, previous } = leaf;
      const foreign = [
        tampered(leaf, { ce_type: 'somebody.elses.v1' }),
        tampered(leaf, {}, Buffer.from('{}')),
        tampered(leaf, { ce_source: 'another.example' }),
        tampered(leaf, { ce_log: 'registry' }),
        tampered(leaf, { ce_index: String(index + 1) }),
        tampered(leaf, { ce_previous: String(index) }),
        { value: Buffer.of(), headers: {} },
        vouched({ partition, index, previous, bytes: await forgedLeaf(log) }),
      ];
      const at = (record: OutgoingRecord) => ({ partition: leaf.partition, record });
      world.publish(foreign.slice(0, 4).map(at));
      world.publish([leaf]);
      world.publish(foreign.slice(4, 7).map(at));
    }
    await world.caughtUp();
    await world.readAll();
    expect(await world.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
    expect(await counted(world.views)).toEqual(allFolded(30));
    expect(counts).toMatchObject({
      'not-a-leaf': 60,
      'hash-lies': 30,
      'other-origin': 30,
      'other-log': 30,
      'index-malformed': 30,
      'previous-malformed': 30,
    });
  });

  it('and say that they come elsewhere in the partition do not move it', async () => {
    const log = await recorded(40);
    const [first, second, ...rest] = longest(await outgoing(log));
    if (!first || !second) throw new RangeError('no such partition');
    const { observer, counts } = counting();
    await using world = await streamed({ log, observer, projections: [disclosures] });
    const bytes = second.record.value;
    const lying = (index: number, previous: number) => ({
      partition: first.partition,
      record: vouched({
        partition: first.partition,
        bytes,
        index: leafIndex(index),
        previous: leafIndex(previous),
      }),
    });
    world.publish([first]);
    await world.readAll();
    world.publish([lying(500, first.index + 1)]);
    await world.until(() => stateIn(world, 'disclosures')?.status === 'gap');
    world.publish([second, ...rest]);
    await world.until(() => stateIn(world, 'disclosures')?.status === 'running');
    await world.readAll();
    const before = counts['contradicting'] ?? 0;
    world.publish([lying(500, first.index)]);
    await world.until(() => counts['contradicting'] === before + 1);
    const [row] = (await readPositions(world.views.database, ['disclosures'])).filter(
      ({ partition }) => partition === first.partition,
    );
    expect(row).toMatchObject({ folded: rest.length + 2, position: (rest.at(-1)?.index ?? 0) + 1 });
  });

  it('stop the partition when two say different things of one leaf, and nothing tells which is true', async () => {
    const log = await recorded();
    const leaves = await outgoing(log);
    const last = longest(leaves).at(-1);
    if (!last) throw new RangeError('no leaf');
    const { index, previous, partition } = last;
    const bytes = await forgedLeaf(log);
    await using world = await streamed({ log });
    world.publish(leaves);
    await world.caughtUp();
    const before = await world.digests();
    world.publish([last, { partition, record: vouched({ partition, index, previous, bytes }) }]);
    await world.until(() => world.projector.states().every(({ status }) => status === 'stopped'));
    expect(world.projector.states()[0]).toMatchObject({ failure: 'LeafContradiction', stuck: [partition] });
    expect(await world.digests()).toEqual(before);
  });
});

describe('a record that fits the chain and that the relay did not publish', () => {
  const forger = new LeafMac(Buffer.alloc(32, 9));

  it.each<[string, (index: number) => number]>([
    ['the next index', (index) => index + 1],
    ['an index far away', (index) => index + 1_000_000],
  ])('is not folded under %s, and the next true leaf still is', async (_, lieAbout) => {
    const log = await recorded(30);
    const { observer, counts } = counting();
    const all = await outgoing(log);
    await using world = await streamed({ log, observer });
    for (const [position, leaf] of all.entries()) {
      const { partition, record, index } = leaf;
      world.publish([leaf]);
      const place = { index: leafIndex(lieAbout(index)), previous: index };
      const source = { origin: testOrigin, log: 'entries', partition, mac: forger } as const;
      // Bytes of this leaf, of an old one, and of one that no log holds.
      for (const bytes of [record.value, all[position >> 1]?.record.value ?? record.value, await forgedLeaf(log)]) {
        const forged = leafRecord({ ...source, ...place, bytes });
        const { ce_mac: mac, ...without } = forged.headers;
        const borrowed = { ...without, ce_mac: record.headers['ce_mac'] ?? String(mac) };
        const lies = [forged, { value: bytes, headers: without }, { value: bytes, headers: borrowed }];
        world.publish(lies.map((lie) => ({ partition, record: lie })));
      }
    }
    await world.caughtUp();
    await world.readAll();
    expect(await world.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
    expect(await counted(world.views)).toEqual(allFolded(150));
    expect(counts).toMatchObject({ 'mac-lies': 6 * all.length, 'mac-missing': 3 * all.length });
    expect(counts).not.toHaveProperty('contradicting');
    expect(world.projector.states().every(({ status }) => status === 'running')).toBe(true);
  });

  it('is not folded in another partition than its own, though it is true', async () => {
    const log = await recorded(30);
    const { observer, counts } = counting();
    const all = await outgoing(log);
    const first = all.find(({ previous }) => previous === null);
    if (!first) throw new RangeError('no leaf');
    const elsewhere = (first.partition + 1) % 12;
    await using world = await streamed({ log, observer });
    world.publish([{ partition: elsewhere, record: first.record }, ...all]);
    await world.caughtUp();
    await world.readAll();
    expect(await counted(world.views)).toEqual(allFolded(150));
    expect(counts).toMatchObject({ 'mac-lies': 1 });
  });
});

/** A well-formed leaf that no log holds. */
async function forgedLeaf(log: RecordedLog): Promise<Buffer> {
  const [record] = await log.store.read('entries', leafIndex(0), 1);
  return Buffer.from(String(record?.bytes).replace(/"jti":"[0-9a-f]{8}/, '"jti":"00000000'));
}

describe('a leaf that is missing', () => {
  it('is looked for from the beginning, once, and then holds up its partition, visibly, and no other', async () => {
    const log = await recorded(30);
    const all = await outgoing(log);
    const [, missing] = longest(all);
    await using world = await streamed({ log });
    world.publish(all.filter((leaf) => leaf !== missing));
    await world.until(() => world.projector.states().every(({ status }) => status === 'gap'));
    expect(world.projector.states()).toEqual(
      everyName.map((name) => ({ name, status: 'gap', failure: 'LeafGap', stuck: [missing?.partition] })),
    );
    const elsewhere = all.filter(({ partition }) => partition !== missing?.partition);
    await world.until(async () => {
      const rows = await readPositions(world.views.database, ['exchanges']);
      return rows.reduce((sum, { folded }) => sum + folded, 0) === elsewhere.length + 1;
    });
    expect(await completeUpTo(world.views.database, everyName)).toBeLessThanOrEqual(missing?.index ?? 0);
  });

  it('stays a gap, visibly, whatever old records are repeated meanwhile', async () => {
    const log = await recorded(30);
    const [first, late, ...early] = longest(await outgoing(log));
    if (!first || !late) throw new RangeError('no such partition');
    const { observer, counts } = counting();
    await using world = await streamed({ log, observer, projections: [disclosures] });
    world.publish([first, ...early]);
    await world.until(() => stateIn(world, 'disclosures')?.status === 'gap');
    const before = counts['repeated disclosures'] ?? 0;
    world.publish([first]);
    await world.until(() => counts['repeated disclosures'] === before + 1);
    expect(stateIn(world, 'disclosures')).toMatchObject({ status: 'gap', stuck: [first.partition] });
    world.publish([late]);
    await world.until(() => stateIn(world, 'disclosures')?.status === 'running');
    await world.until(async () => {
      const rows = await readPositions(world.views.database, ['disclosures']);
      return rows[first.partition]?.folded === early.length + 2;
    });
  });

  it('is the trouble of whoever has the partition, and of nobody who had it before', async () => {
    const log = await recorded(60);
    const all = await outgoing(log);
    // Of two projectors, the second one gets the partitions with an odd number.
    const [, missing] = longest(all.filter(({ partition }) => partition % 2 === 1));
    const memory = new Memory();
    const [one, other] = [breakable('stopping'), breakable('stopping')];
    for (const { fail } of [one, other]) fail(missing?.index ?? 0);
    const setting = { log, views: await emptyViews([disclosures, one.projection]), memory };
    const first = await streamed({ ...setting, projections: [disclosures, one.projection] });
    first.publish(all.filter((leaf) => leaf !== missing));
    await first.until(() => stateIn(first, 'disclosures')?.status === 'gap');
    const second = await streamed({ ...setting, projections: [disclosures, other.projection] });
    await second.until(() => stateIn(second, 'disclosures')?.status === 'gap');
    expect(stateIn(first, 'disclosures')).toEqual({ name: 'disclosures', status: 'running', failure: null, stuck: [] });
    second.publish(missing ? [missing] : []);
    await second.until(() => stateIn(second, 'stopping')?.status === 'stopped');
    await second.until(() => stateIn(second, 'disclosures')?.status === 'running');
    await second.projector.stop();
    expect(stateIn(second, 'stopping')).toMatchObject({ status: 'stopped', stuck: [missing?.partition] });
    await first[Symbol.asyncDispose]();
  });

  it('is folded when it comes last of all, with those that waited for it, also after a crash in between', async () => {
    for (const isCrashing of [false, true]) {
      const log = await recorded(30);
      const [first, late, ...early] = longest(await outgoing(log));
      if (!first || !late) throw new RangeError('no such partition');
      const views = await emptyViews();
      const memory = new Memory();
      const world = await streamed({ log, views, memory, projections: [disclosures] });
      for (const leaf of [first, ...early]) {
        world.publish([leaf]);
        await new Promise(setImmediate);
      }
      await world.until(() => stateIn(world, 'disclosures')?.status === 'gap');
      if (isCrashing) await world.projector.stop();
      world.publish([late]);
      const after = isCrashing ? await streamed({ log, views, memory, projections: [disclosures] }) : world;
      await after.until(async () => {
        const rows = await readPositions(views.database, ['disclosures']);
        return rows[first.partition]?.folded === early.length + 2;
      });
      expect(stateIn(after, 'disclosures')).toMatchObject({ status: 'running', stuck: [] });
      await after.projector.stop();
    }
  });

  it('is folded when it comes late, and everything after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 12 }), async (swaps) => {
        const log = await recorded(4);
        const mixed = [...(await outgoing(log))];
        for (const swap of swaps) {
          const at = swap % (mixed.length - 1);
          mixed.splice(at, 2, ...mixed.slice(at, at + 2).reverse());
        }
        await using world = await streamed({ log });
        for (const leaf of mixed) {
          world.publish([leaf]);
          if (leaf.index % 3 === 0) await new Promise(setImmediate);
        }
        await world.caughtUp();
        expect(await world.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
      }),
      { seed, numRuns: 25 },
    );
  });

  it('is there again for views that were restored from an older copy, and for a stream that was made anew', async () => {
    const log = await recorded();
    const all = await outgoing(log);
    const older = await emptyViews();
    await using before = await streamed({ log, views: older });
    before.publish(all.slice(0, 11));
    await before.readAll();
    await before.projector.stop();
    // As if rows and positions came from the copy while the place to read on came from later, or from another stream.
    for (const wrong of [40, 3, 0, null]) {
      const views = await emptyViews();
      await using first = await streamed({ log, views });
      first.publish(all.slice(0, 11));
      await first.readAll();
      await first.projector.stop();
      await views.database.updateTable('saved_position').set({ next_offset: wrong }).execute();
      const again = await streamed({ log, views });
      again.publish(all);
      await again.caughtUp();
      expect(await again.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
      await again.projector.stop();
    }
  });
});
