import { textIn } from '#catalogue';
import type { Instant } from '#kernel';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has, type Fact } from '../matter.js';
import { earliest, instantIn } from '../moments.js';
import { inTime, type Judgement, type Rule } from '../rule.js';
import { isSameDisclosure } from '../same-disclosure.js';
import { unlessErased } from '../unless-erased.js';
import { withLinked } from '../with-linked.js';

export const sec02: Rule = {
  id: 'SEC-02',
  version: 1,
  statement: {
    en: 'A disclosure in an emergency is confirmed by a second person.',
    de: 'Eine Übermittlung im Notfall wird von einer zweiten Person bestätigt.',
  },
  compliant: {
    en: 'Somebody who neither disclosed nor decided confirms it within the time limit, and the justification is recorded.',
    de: 'Wer weder übermittelt noch entschieden hat, bestätigt sie innerhalb der Frist; die Begründung wird eingetragen.',
  },
  sources: ['StGB § 34'],
  severity: 'high',
  basis: 'policy',
  deadline: { hours: 24 },
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed', 'EmergencyDisclosureJustified'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure): readonly Judgement[] => {
      const known = withLinked(matter, textIn(disclosure.terms, 'disclosureId'));
      const justified = factsOf(known, 'EmergencyDisclosureJustified').filter(
        (one) => one.issuer === disclosure.issuer && isSameDisclosure(one, disclosure),
      );
      if (!has(disclosure.terms, 'emergency') && justified.length === 0) return [];
      const at = then(disclosure);
      const side = issuerSide(disclosure, at.registry);
      const due = at.end(side, disclosure.occurredAt);
      const verdict = unlessErased(inTime(earliest(justified.map(confirmedAt)), due), known);
      const facts = [disclosure.id, ...justified.map(({ id }) => id)];
      return [{ side, entry: disclosure.id, part: null, verdict, facts }];
    }),
};

function confirmedAt({ terms }: Fact): Instant | null {
  return terms['confirmedByAnother'] === true && has(terms, 'confirmedBy') ? instantIn(terms, 'confirmedAt') : null;
}
