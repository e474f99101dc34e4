import fc from 'fast-check';
import { agencyId, isAgencyId, type EntryId } from '#kernel';
import { viewNamed } from '#compliance/views';
import { csvEnd, csvHeading, csvLine, csvRow } from './csv.js';

const seed = 20261122;

/** Reads one line as RFC 4180 says. */
function read(line: string): readonly string[] {
  const cells: string[] = [];
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/g)) {
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
  }
  return cells;
}

describe('a CSV file', () => {
  it.each(['=1+1', '+49', '-2', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x")'])(
    'holds nothing a spreadsheet would calculate: %j',
    (text) => {
      const [cell] = read(csvLine([text, 'x']));
      expect(cell).toBe(`'${text}`);
    },
  );

  it.each(['a,b', 'a"b', 'a\r\nb', 'a\nb', '"', ',', ' a ', '', '1-2', 'a=b'])('gives back as it was: %j', (text) => {
    expect(read(csvLine(['first', text]))).toEqual(['first', text]);
  });

  it('gives back any texts, except for the apostrophe that makes them harmless', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }), (texts) => {
        const line = csvLine(texts);
        expect(line.endsWith('\r\n')).toBe(true);
        const cells = read(line.slice(0, -2));
        expect(cells).toEqual(texts.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)));
      }),
      { seed },
    );
  });

  it('ends with how far it is complete, in a record like every other that begins as no row does', () => {
    for (const view of viewNamed.values()) {
      const sentence = 'Complete as recorded up to entry 9; what was never recorded cannot be shown.';
      const cells = read(csvLine(csvEnd(view, sentence, 'en')).trimEnd());
      expect(cells).toHaveLength(csvHeading(view, 'en').length);
      expect([cells[0], ...new Set(cells.slice(1))]).toEqual([sentence, '']);
      expect(isAgencyId(sentence)).toBe(false);
    }
  });

  it('has a cell for every heading: codes in words and as codes, lists joined', () => {
    const view = viewNamed.get('refusals');
    if (view === undefined) throw new RangeError('no such view');
    const heading = csvHeading(view, 'de');
    const row = csvRow(
      view,
      {
        agency: agencyId('police.example'),
        key: 'key',
        entry: '0195a6f0-0001-7000-8000-000000000004' as EntryId,
        cells: { decision: 'refuse', refused: ['family', 'exit-progress'], reasoned: true, redirectedTo: null },
      },
      'de',
    );
    expect(row).toHaveLength(heading.length);
    const cellOf = Object.fromEntries(heading.map((name, place) => [name, row[place]]));
    expect(cellOf).toMatchObject({
      Stelle: 'police.example',
      'Entscheidung (Code)': 'refuse',
      'abgelehnte Daten (Code)': 'family; exit-progress',
      begründet: 'true',
      'stattdessen zu fragen': '',
    });
    expect(cellOf['Entscheidung']).not.toBe('refuse');
  });
});
