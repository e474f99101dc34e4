import { arrivedAt, erasuresIn } from '../erasures.js';
import { inTime, type Rule } from '../rule.js';
import { unlessErased } from '../unless-erased.js';

const everywhere = ['rows', 'keys', 'views', 'backups'];

/** What completes an erasure counts for it. It is judged for the agency whose entries they were. */
export const ret04: Rule = {
  id: 'RET-04',
  version: 1,
  statement: {
    en: 'An erasure reaches rows, keys, views and backups.',
    de: 'Eine Löschung erreicht Inhalte, Schlüssel, Sichten und Sicherungskopien.',
  },
  compliant: {
    en: 'What was still to come, as a rule the backups, is recorded as erased within the time limit.',
    de: 'Was noch ausstand, meist die Sicherungskopien, ist innerhalb der Frist als gelöscht eingetragen.',
  },
  sources: ['GDPR 17', 'GDPR 5(1)(e)'],
  severity: 'high',
  basis: 'policy',
  deadline: { days: 30 },
  applies: true,
  about: 'agency',
  reads: ['ErasureExecuted'],
  judge: (matter, then) =>
    erasuresIn(matter, then).map((erasure) => {
      const { fact, side, parts } = erasure;
      const due = then(fact).end(side, fact.occurredAt);
      return {
        side,
        entry: fact.id,
        part: null,
        verdict: unlessErased(inTime(arrivedAt(erasure, everywhere), due), matter),
        facts: parts.map(({ id }) => id),
      };
    }),
};
