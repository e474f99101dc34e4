import { isTest, placesOf, sourcesBelow } from './source-tree.js';

const views = sourcesBelow('libs/compliance/views', 'libs/compliance/queries', 'libs/compliance/projections').filter(
  (file) => !isTest(file),
);
const opener = sourcesBelow('libs/compliance').filter(({ path }) => path.endsWith('/entry-opener.ts'));

/** Two of the names are ordinary words, too: as part of a list, or of what has blocks by name, they are blocks. */
const namesAnotherBlock =
  /['"`](people|staff|withheld)['"`]|\[[^\]]*['"`](told|reasons)['"`][^\]]*\]\s*\)|[bB]locks?\b[^;]*['"`](told|reasons)['"`]/;
const reachesBlocks = /#vault|readDisclosure|\b(openableBlocks|blockNames|BlockName|blocksOf)\b/;

describe('views, statistics and workload', () => {
  it('are found where they stand', () => {
    expect(views.length).toBeGreaterThan(20);
    expect(opener).toHaveLength(1);
  });

  it('never name another block than the terms (LED 25(2), BDSG 76(3))', () => {
    expect(placesOf(namesAnotherBlock, views)).toEqual([]);
  });

  it('cannot open one: whoever opens entries for them asks for the terms alone', () => {
    expect(placesOf(reachesBlocks, views)).toEqual([]);
    expect(placesOf(namesAnotherBlock, opener)).toEqual([]);
    expect(placesOf(/\.open\(/, opener)).toEqual(placesOf(/\.open\(ids, \['terms'\]\)/, opener));
    expect(placesOf(/\.open\(/, opener)).toHaveLength(1);
  });

  it('would be seen if they did', () => {
    for (const text of ["vault.open(ids, ['staff'])", "open(ids, ['terms', 'told'])", "blocks.get('reasons')"]) {
      expect(placesOf(namesAnotherBlock, [{ path: 'x.ts', text }])).toHaveLength(1);
    }
  });
});
