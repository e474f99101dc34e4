import { agencyId } from '#kernel';
import { compareNotes, isAsIntended, notesTable } from './compare-notes.js';
import type { Intent } from './intent.js';

const note = (rule: string, entry: string, part: string | null = null): Intent => ({
  rule,
  agency: agencyId('schule.example'),
  entry,
  part,
});

describe('the comparison of intended and raised notes', () => {
  it('tells rule by rule what was missed and what is extra', () => {
    const compared = compareNotes(
      [note('LOG-01', 'a'), note('LOG-04', 'b', 'klinik.example')],
      [note('LOG-01', 'a'), note('LAW-01', 'a')],
    );
    expect(compared).toEqual([
      { rule: 'LAW-01', intended: 0, raised: 1, missed: [], extra: [note('LAW-01', 'a')] },
      { rule: 'LOG-01', intended: 1, raised: 1, missed: [], extra: [] },
      { rule: 'LOG-04', intended: 1, raised: 0, missed: [note('LOG-04', 'b', 'klinik.example')], extra: [] },
    ]);
    expect(isAsIntended(compared)).toBe(false);
  });

  it('counts a note once that is intended twice', () => {
    const compared = compareNotes([note('LOG-01', 'a'), note('LOG-01', 'a')], [note('LOG-01', 'a')]);
    expect(compared).toMatchObject([{ intended: 1, raised: 1 }]);
    expect(isAsIntended(compared)).toBe(true);
  });

  it('knows a note by its part, too', () => {
    expect(isAsIntended(compareNotes([note('SPC-01', 'a', '/items/0')], [note('SPC-01', 'a', '/items/1')]))).toBe(
      false,
    );
  });

  it('is a table with its sums', () => {
    const compared = compareNotes([note('LOG-01', 'a'), note('LOG-01', 'b')], [note('LOG-01', 'a')]);
    expect(notesTable(compared)).toEqual([
      'rule          intended    raised    missed     extra',
      'LOG-01               2         1         1         0',
      '1 rules              2         1         1         0',
    ]);
  });
});
