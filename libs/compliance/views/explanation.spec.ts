import { agencyId } from '#kernel';
import { log04 } from '../rules/by-id/log-04.js';
import { Story } from '../rules/testing/story.js';
import { v1 } from './by-id/v01-check-notes.js';
import { explanationOf } from './explanation.js';

type Data = Readonly<Record<string, unknown>>;
const youth = agencyId('youth-office.example');

/** A check note on LOG-04 that was confirmed the day after, in words. */
function explained(language: 'de' | 'en', data: Data = {}) {
  const story = new Story('check-note');
  const note = story.tell('CheckNoteRaised', { by: 'ledger', at: '2026-03-17T00:00:00.000Z', data });
  const at = '2026-03-18T09:00:00.000Z';
  story.tell('CheckNoteAssessed', { by: youth, at, data: { note, status: 'confirmed' } });
  const [row] = v1.rows(story.matter, youth);
  return row && explanationOf(row.cells, log04, language);
}

describe('the explanation of a check note', () => {
  it('says rule, law, facts, clause, what would have been right, the deadline and its history', () => {
    expect(explained('en')).toEqual({
      rule: 'LOG-04',
      statement: log04.statement.en,
      law: log04.sources,
      basis: 'policy',
      severity: 'medium',
      noticed: 'not as the rule says',
      about: '0195a6f0-0003-7000-8000-000000000001/police.example',
      facts: ['0195a6f0-0001-7000-8000-000000000005'],
      clause: 'exit-network-exampletown@3#progress',
      compliant: log04.compliant.en,
      deadline: { time: '5 working days', dueAt: '2026-03-16T23:00:00.000Z', remedyDue: '2026-03-25' },
      history: [
        { status: 'open', since: '2026-03-17T00:00:00.000Z' },
        { status: 'confirmed', since: '2026-03-18T09:00:00.000Z' },
      ],
      wordsOfOtherVersion: log04.version !== 1,
    });
  });

  it('speaks German', () => {
    expect(explained('de')).toMatchObject({
      statement: log04.statement.de,
      basis: 'Vorgabe',
      severity: 'mittel',
      noticed: 'nicht wie von der Regel vorgesehen',
      compliant: log04.compliant.de,
      deadline: { time: '5 Arbeitstage' },
      history: [{ status: 'offen' }, { status: 'bestätigt' }],
    });
  });

  it.each([
    [{ amount: 1, unit: 'hours' }, '1 hour'],
    [{ amount: 30, unit: 'days' }, '30 days'],
    [{ amount: 1, unit: 'months' }, '1 month'],
    [{ amount: 1, unit: 'year-ends' }, 'end of the following year'],
    [{ amount: 1, unit: 'years' }, 'end of the following year'],
    [undefined, null],
    [{ missing: 'unknown' }, null],
  ])('puts the time %j into words: %s', (deadline, time) => {
    expect(explained('en', { deadline })).toMatchObject({ deadline: { time } });
  });

  it('says why nothing can be decided', () => {
    const data = { outcome: 'not-decidable', lackingInput: 'erased' };
    expect(explained('en', data)).toMatchObject({ noticed: 'cannot be decided (erased)' });
    expect(explained('de', data)).toMatchObject({ noticed: 'nicht entscheidbar (gelöscht)' });
  });

  it('says that its words are those of another version of the rule', () => {
    expect(explained('en', { ruleVersion: log04.version + 1 })).toMatchObject({ wordsOfOtherVersion: true });
  });

  it('says what is missing as missing', () => {
    const unknown = { missing: 'unknown' };
    const data = { fact: unknown, facts: unknown, clause: unknown, severity: unknown, dueAt: unknown };
    expect(explained('en', data)).toMatchObject({
      about: null,
      facts: [],
      clause: null,
      severity: 'not given',
      deadline: { dueAt: null },
    });
  });
});
