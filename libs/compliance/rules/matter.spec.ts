import { factsOf, typesIn } from './matter.js';
import { Story } from './testing/story.js';

describe('What a matter says', () => {
  it('is not what another one says that was made from it', () => {
    const story = new Story();
    story.tell('InformationRequested', { at: '2026-05-04T08:00:00.000Z' });
    const { matter } = story;
    expect([...typesIn(matter)]).toEqual(['InformationRequested']);
    expect(factsOf({ ...matter, entries: [] })).toEqual([]);
    expect(factsOf(matter)).toBe(factsOf(matter));
  });
});
