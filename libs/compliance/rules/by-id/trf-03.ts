import { dayIn } from '#catalogue';
import { issuerSide } from '../issuer-side.js';
import { factsOf } from '../matter.js';
import { inTime, type Rule } from '../rule.js';
import { transferOf, transmissionCode } from '../third-country.js';

/** Grounds on which the sender itself finds the safeguards sufficient, or sends to others than authorities. */
const reported: ReadonlySet<string | null> = new Set(['LED-A37-1-b', 'LED-A39-1']);

/** A rule of the directive; applies under its pack. */
export const trf03: Rule = {
  id: 'TRF-03',
  version: 2,
  statement: {
    en: 'The supervisor is told of transfers on an assessment of its own and of direct transfers.',
    de: 'Die Aufsicht wird über Übermittlungen nach eigener Beurteilung und über unmittelbare Übermittlungen unterrichtet.',
  },
  compliant: {
    en: 'The day on which the supervisor was told is recorded, at least once a year.',
    de: 'Der Tag der Unterrichtung der Aufsicht ist festgehalten, mindestens einmal im Jahr.',
  },
  sources: ['LED 37(2)', 'LED 39(3)', 'LDSG RLP § 67(3)'],
  severity: 'medium',
  basis: 'law',
  deadline: { months: 12 },
  applies: false,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) => {
      const known = then(disclosure);
      const side = issuerSide(disclosure, known.registry);
      const transfer = transferOf(disclosure, side.regime);
      if (transfer === null || !reported.has(transmissionCode(disclosure.terms))) return [];
      const day = dayIn(transfer, 'supervisorInformedOn');
      return [
        {
          side,
          entry: disclosure.id,
          part: null,
          verdict: inTime(day === null ? null : known.endOfDay(side, day), known.end(side, disclosure.occurredAt)),
          facts: [disclosure.id],
        },
      ];
    }),
};
