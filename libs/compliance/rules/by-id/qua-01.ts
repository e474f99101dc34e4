import { issuerSide } from '../issuer-side.js';
import { factsOf, has, partsOf, type Fact } from '../matter.js';
import { instantIn } from '../moments.js';
import { required, type Judgement, type Rule } from '../rule.js';
import type { Side } from '../side.js';

export const qua01: Rule = {
  id: 'QUA-01',
  version: 1,
  statement: {
    en: 'Quality is checked before data are passed on; each item says its day, how reliable it is, and whether it is fact or assessment.',
    de: 'Die Qualität wird vor der Übermittlung geprüft; jede Angabe nennt Stand, Verlässlichkeit und ob sie Tatsache oder Einschätzung ist.',
  },
  compliant: {
    en: 'Check before sending, and mark each item with day, reliability and basis.',
    de: 'Vor der Übermittlung prüfen und jede Angabe mit Stand, Verlässlichkeit und Grundlage kennzeichnen.',
  },
  sources: ['LED 7(1), (2)', 'GDPR 5(1)(d)', 'NDSG § 32'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) =>
      judged(disclosure, issuerSide(disclosure, then(disclosure).registry)),
    ),
};

/** The check is one of the whole disclosure, the marks are those of each item. */
function judged(disclosure: Fact, side: Side): readonly Judgement[] {
  const { id, occurredAt, terms } = disclosure;
  const about = { side, entry: id, facts: [id] };
  const checkedAt = instantIn(terms, 'qualityCheckedAt');
  return [
    { ...about, part: null, verdict: required(checkedAt !== null && checkedAt <= occurredAt, occurredAt) },
    ...partsOf(terms, 'items').map((item, place) => ({
      ...about,
      part: `/items/${place}`,
      verdict: required(has(item, 'asOf', 'reliability', 'itemBasis'), occurredAt),
    })),
  ];
}
