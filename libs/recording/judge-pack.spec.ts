import { DatabaseSync } from 'node:sqlite';
import { highestShippedVersion, shippedPackVersions } from '#catalogue';
import type { JsonObject } from '#statement';
import { catchUp } from './fold.js';
import { Register } from './register.js';
import { prepared } from './testing/entries.js';
import { Scratch } from './testing/scratch.js';
import { openWriteSide, type WriteSide } from './testing/write-side.js';

let scratch: Scratch;
let side: WriteSide;
let made: number;

beforeEach(async () => {
  made = 0;
  scratch = new Scratch();
  side = await openWriteSide(scratch);
});
afterEach(async () => {
  await side.drop();
  scratch.remove();
});

const published = (data: JsonObject) => prepared('RulePackPublished', (made += 1), { data });
const version = (number: number, pack = 'DE-SGB') => published({ pack, version: number });
const tooLow = { code: 'invalid-entry', faults: [{ pointer: '/data/version' }] };

describe('a rule pack is published', () => {
  it('in a version above those that this ledger and its later releases come with', async () => {
    expect(Math.max(...Object.values(shippedPackVersions))).toBeLessThanOrEqual(highestShippedVersion);
    for (const taken of [1, 2, 3, 1000]) {
      await expect(side.recorder.record([version(taken)])).rejects.toMatchObject(tooLow);
    }
    await side.recorder.record([version(1001), version(1007, 'EU-GDPR')]);
    expect(await side.store.size('registry')).toBe(2);
  });

  it('in a version above those published before, of this pack and in the same list', async () => {
    await side.recorder.record([version(1004)]);
    for (const one of [1003, 1004]) await expect(side.recorder.record([version(one)])).rejects.toMatchObject(tooLow);
    await expect(side.recorder.record([version(1005), version(1005)])).rejects.toMatchObject(tooLow);
    await side.recorder.record([version(1005), version(1002, 'DE-NW'), version(1006)]);
    expect(side.register.latestPack('DE-SGB')).toBe(1006);
  });

  it('once: who sends it again gets the same answer', async () => {
    const once = version(1001);
    const [first] = await side.recorder.record([once]);
    expect(await side.recorder.record([once])).toEqual([{ ...first, repeated: 'whole' }]);
  });

  it('also where it does not say which version it is', async () => {
    await side.recorder.record([published({ version: { missing: 'follows' } })]);
    expect(side.register.latestPack('DE-SGB')).toBe(0);
  });

  it('and is known again after a register was read back from the log', async () => {
    await side.recorder.record([version(1003)]);
    const register = new Register(new DatabaseSync(':memory:'));
    await catchUp('registry', { ...side, register });
    expect(register.latestPack('DE-SGB')).toBe(1003);
  });
});
