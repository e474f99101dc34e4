import { textIn } from '#catalogue';
import { factsOf, partsOf } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

/** What data are collected for in work that prevents crimes and does not investigate them. */
const prevention = new Set([
  'exit-support',
  'case-admission',
  'joint-risk-assessment',
  'threat-prevention',
  'release-preparation',
  'returnee-reintegration',
]);

/** Applies only under a pack whose law forbids it. */
export const pur02: Rule = {
  id: 'PUR-02',
  version: 1,
  statement: {
    en: 'What was collected for prevention only is not passed on for the investigation of crimes where the law forbids it.',
    de: 'Was nur zur Prävention erhoben wurde, wird nicht zur Strafverfolgung übermittelt, wo das Recht es verbietet.',
  },
  compliant: {
    en: 'Items collected for prevention are left out, or are passed on for prevention.',
    de: 'Zur Prävention erhobene Angaben bleiben weg oder werden zur Prävention übermittelt.',
  },
  sources: ['RPL 115†'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: false,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) =>
      partsOf(disclosure.terms, 'items').flatMap((item, place) =>
        prevention.has(textIn(item, 'collectedFor') ?? '')
          ? [
              {
                side: senderOf(disclosure),
                entry: disclosure.id,
                part: `/items/${place}`,
                verdict: required(textIn(disclosure.terms, 'purpose') !== 'crime-investigation', disclosure.occurredAt),
                facts: [disclosure.id],
              },
            ]
          : [],
      ),
    ),
};
