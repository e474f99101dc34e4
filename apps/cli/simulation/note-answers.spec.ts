import { validateEntry, vocabularies } from '#catalogue';
import { agencyId, instantAt } from '#kernel';
import { supervisor } from './network.js';
import { answersTo, type RaisedNote } from './note-answers.js';

const at = Date.UTC(2026, 10, 22, 10);
const police = agencyId('polizei.example');
const notes = Array.from({ length: 12 }, (_, place): RaisedNote => ({
  id: `0195a6f0-0007-8000-8000-${String(place).padStart(12, '0')}`,
  agency: place % 3 === 0 ? supervisor : police,
}));

describe('What data protection officers make of check notes', () => {
  const answers = answersTo(notes, '2026', at);

  it('leads some of them through every status there is', () => {
    const said = new Set(answers.map(({ body }) => body.data['status']));
    expect(said).toEqual(new Set([...(vocabularies.get('check-note-status')?.terms.keys() ?? [])].slice(1)));
  });

  it('is what a ledger takes, of the agency whose note it is', () => {
    for (const { agency, body } of answers) {
      expect(() => validateEntry(JSON.parse(JSON.stringify(body)), instantAt(at + 60_000))).not.toThrow();
      expect(agency).toBe(police);
      expect(notes.find(({ id }) => id === body.data['note'])?.agency).toBe(agency);
    }
  });

  it('is the same for the same seed, in whatever order the notes are read', () => {
    expect(answersTo(notes.toReversed(), '2026', at)).toEqual(answers);
    expect(answersTo(notes, '3', at)).not.toEqual(answers);
  });
});
