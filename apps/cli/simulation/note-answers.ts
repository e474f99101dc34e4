import { instantAt, type AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { supervisor } from './network.js';
import { Random } from './random.js';
import type { SimulatedEntry } from './script.js';

/** A check note that a ledger raised, as far as a data protection officer needs it to answer. */
export interface RaisedNote {
  /** its entry id */
  readonly id: string;
  readonly agency: AgencyId;
}

type Step = readonly [status: string, explanation: string, more?: JsonObject];

/** What becomes of a check note, as officers write it down: every status there is after `open`. */
const lives: readonly (readonly Step[])[] = [
  [['not-confirmed', 'Die Begründung liegt in der Akte; der Vermerk war vollständig.']],
  [['explained', 'Die Stelle war zwei Tage ohne Fachverfahren; nachgetragen am ersten Werktag danach.']],
  [
    ['confirmed', 'Die Angabe fehlt auch in der Akte.', { remedyDue: { missing: 'follows' } }],
    ['remedied', 'Die Angabe ist nachgetragen, das Team ist unterwiesen.'],
  ],
  [
    ['confirmed', 'Auch nach Rücksprache bleibt die Rechtsgrundlage offen.'],
    ['referred', 'Zur Klärung an die Aufsicht abgegeben.', { referredTo: supervisor }],
  ],
];

/** How many check notes there must be for every life to be told. */
export const answeredNotes = lives.length;

/**
 * What data protection officers make of some check notes: one of them is not confirmed, one explained, one confirmed and
 * remedied, one confirmed and referred. All others stay open.
 *
 * @param at when, in milliseconds since 1970
 */
export function answersTo(notes: readonly RaisedNote[], seed: string, at: number): readonly SimulatedEntry[] {
  const random = new Random(`${seed} answers`);
  const ofAgencies = notes.filter(({ agency }) => agency !== supervisor);
  const picked = random.some(
    answeredNotes,
    ofAgencies.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  );
  return picked.flatMap(({ id: note, agency }, place) =>
    (lives[place] ?? []).map(([status, explanation, more = {}], step): SimulatedEntry => {
      const data = { note, status, actor: 'dsb-1', explanation, ...more };
      const moment = at + step;
      const body = { id: random.uuidAt(moment), type: 'CheckNoteAssessed', occurredAt: instantAt(moment), data };
      return { agency, body };
    }),
  );
}
