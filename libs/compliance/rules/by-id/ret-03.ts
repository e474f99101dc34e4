import { dayIn, textIn } from '#catalogue';
import type { Instant } from '#kernel';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has, type Fact, type Matter } from '../matter.js';
import { inTime, required, type Judgement, type Rule, type Then } from '../rule.js';
import { unlessErased } from '../unless-erased.js';
import { withLinked } from '../with-linked.js';

/**
 * A hold that ends before it would have to be reviewed needs no review. Another one is reviewed by being released or, where
 * it goes on, by being placed anew as what follows from it.
 */
export const ret03: Rule = {
  id: 'RET-03',
  version: 2,
  statement: {
    en: 'A legal hold has a basis and an end, and is reviewed within three months.',
    de: 'Eine Löschsperre hat eine Grundlage und ein Ende und wird innerhalb von drei Monaten überprüft.',
  },
  compliant: {
    en: 'Ground, provision and last day are recorded, and a day of review within the time limit; by then the hold is released, or placed anew and names the one before as its cause.',
    de: 'Grund, Vorschrift und letzter Tag sind festgehalten, dazu ein Tag der Überprüfung innerhalb der Frist; bis dahin wird die Sperre aufgehoben oder neu gesetzt und nennt die bisherige als Anlass.',
  },
  sources: ['GDPR 5(1)(e)', 'VWDG § 11(4)'],
  severity: 'medium',
  basis: 'policy',
  deadline: { months: 3 },
  applies: true,
  about: 'legal-hold',
  reads: ['LegalHoldPlaced', 'LegalHoldReleased'],
  judge: (matter, then) =>
    factsOf(matter, 'LegalHoldPlaced').flatMap((hold) => {
      const { id, occurredAt, terms } = hold;
      const known = then(hold);
      const verdict = required(has(terms, 'ground', 'provision', 'until'), occurredAt);
      const side = issuerSide(hold, known.registry);
      return [
        { side, entry: id, part: null, verdict, deadline: 'at-once', facts: [id] },
        { side, entry: id, part: '/reviewDue', ...reviewed(hold, matter, known) },
      ];
    }),
};

/** Which day it is has to be said at once, and is then kept. */
function reviewed(hold: Fact, matter: Matter, then: Then): Pick<Judgement, 'verdict' | 'deadline' | 'facts'> {
  const side = issuerSide(hold, then.registry);
  const endOf = (name: string): Instant | null => {
    const day = dayIn(hold.terms, name);
    return day === null ? null : then.endOfDay(side, day);
  };
  const [review, end, longest] = [endOf('reviewDue'), endOf('until'), then.end(side, hold.occurredAt)];
  const isPlanned = review !== null && review <= longest;
  const needsNone = end !== null && end <= (isPlanned ? review : longest);
  if (needsNone || !isPlanned) {
    return { verdict: required(needsNone, hold.occurredAt), deadline: 'at-once', facts: [hold.id] };
  }
  const done = factsOf(withLinked(matter, hold.id), 'LegalHoldPlaced', 'LegalHoldReleased').find(
    (one) => one.issuer === hold.issuer && follows(one, hold),
  );
  return {
    verdict: unlessErased(inTime(done?.occurredAt ?? null, review), matter),
    deadline: null,
    facts: [hold.id, ...(done ? [done.id] : [])],
  };
}

const follows = ({ type, terms }: Fact, hold: Fact): boolean =>
  textIn(terms, type === 'LegalHoldPlaced' ? 'causedBy' : 'legalHold') === hold.id;
