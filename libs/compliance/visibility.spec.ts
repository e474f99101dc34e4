import { vocabularies } from '#catalogue';
import { hidden } from './visibility.js';

const type = 'InformationDisclosed';

describe("whether others' views leave an entry out", () => {
  it.each([...(vocabularies.get('visibility')?.terms.keys() ?? []), 'of-a-later-vocabulary'])(
    'is so unless it is open: %s',
    (visibility) => {
      expect(hidden({ type, visibility })).toBe(visibility === 'open' ? 0 : 1);
    },
  );

  it('is not so where nothing is said', () => {
    for (const one of [{ type }, { type, visibility: { missing: 'unknown' } }]) expect(hidden(one)).toBe(0);
  });

  it('is always so of a sealed entry', () => {
    for (const visibility of ['sealed', 'open', { missing: 'not-given' }]) {
      expect(hidden({ type: 'SealedEntryRecorded', visibility })).toBe(1);
    }
    expect(hidden({ type: 'SealedEntryRecorded' })).toBe(1);
  });
});
