import { entryTypes, fieldsOf, isMissing, textIn } from '#catalogue';
import { issuerSide } from '../issuer-side.js';
import { factsOf } from '../matter.js';
import { required, type Rule } from '../rule.js';

/** What can cite an activity. */
const types = [...entryTypes.values()]
  .filter(({ log, data }) => log === 'entries' && fieldsOf(data).has('activity'))
  .map(({ name }) => name);

/** An entry that cites none is not judged; one that says it is unknown is. */
export const agr02: Rule = {
  id: 'AGR-02',
  version: 1,
  statement: {
    en: 'The processing activity that an entry cites is in the register, in the version cited.',
    de: 'Die Verarbeitungstätigkeit, die ein Eintrag nennt, steht in der genannten Fassung im Verzeichnis.',
  },
  compliant: {
    en: 'The agency registers the activity before entries cite it, and cites it as activity@version.',
    de: 'Die Stelle verzeichnet die Tätigkeit, bevor Einträge sie nennen, und nennt sie als Tätigkeit@Fassung.',
  },
  sources: ['GDPR 30', 'LED 24'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: types,
  judge: (matter, then) =>
    factsOf(matter, ...types).flatMap((fact) => {
      const activity = textIn(fact.terms, 'activity');
      if (activity === null && !isMissing(fact.terms['activity'])) return [];
      const { registry } = then(fact);
      const isRegistered = activity !== null && registry.hasRegistered(fact.issuer, activity);
      return [
        {
          side: issuerSide(fact, registry),
          entry: fact.id,
          part: null,
          verdict: required(isRegistered, fact.occurredAt),
          facts: [fact.id],
        },
      ];
    }),
};
