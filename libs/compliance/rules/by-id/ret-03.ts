import { dayIn } from '#catalogue';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has } from '../matter.js';
import { earliest } from '../moments.js';
import { required, type Rule } from '../rule.js';

/** A hold that ends before it would have to be reviewed needs no review. */
export const ret03: Rule = {
  id: 'RET-03',
  version: 1,
  statement: {
    en: 'A legal hold has a basis and an end, and is reviewed within three months.',
    de: 'Eine Löschsperre hat eine Grundlage und ein Ende und wird innerhalb von drei Monaten überprüft.',
  },
  compliant: {
    en: 'Ground, provision and last day are recorded, and a day of review within the time limit.',
    de: 'Grund, Vorschrift und letzter Tag sind festgehalten, dazu ein Tag der Überprüfung innerhalb der Frist.',
  },
  sources: ['GDPR 5(1)(e)', 'VWDG § 11(4)'],
  severity: 'medium',
  basis: 'policy',
  deadline: { months: 3 },
  applies: true,
  about: 'legal-hold',
  reads: ['LegalHoldPlaced'],
  judge: (matter, then) =>
    factsOf(matter, 'LegalHoldPlaced').flatMap((hold) => {
      const { id, occurredAt, terms } = hold;
      const known = then(hold);
      const side = issuerSide(hold, known.registry);
      const days = [dayIn(terms, 'reviewDue'), dayIn(terms, 'until')];
      const planned = earliest(days.map((day) => (day === null ? null : known.endOfDay(side, day))));
      const isPlanned = planned !== null && planned <= known.end(side, occurredAt);
      const common = { side, entry: id, deadline: 'at-once' as const, facts: [id] };
      return [
        { ...common, part: null, verdict: required(has(terms, 'ground', 'provision', 'until'), occurredAt) },
        { ...common, part: '/reviewDue', verdict: required(isPlanned, occurredAt) },
      ];
    }),
};
