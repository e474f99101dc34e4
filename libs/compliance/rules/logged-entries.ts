import { entryTypes, fieldsOf, retentionOf } from '#catalogue';
import { textsOf, type Fact } from './matter.js';
import type { Daily } from './rule.js';

/** Types with fields that are kept as a log. Of what is said of check notes nothing is judged: it stands for no day. */
const logged = new Map(
  [...entryTypes.values()]
    .filter(({ recordedBy, matter }) => recordedBy === 'agency' && matter?.kind !== 'check-note')
    .map((type) => [
      type.name,
      new Set(
        [...fieldsOf(type.data).values()]
          .filter(({ block }) => block !== 'terms' && retentionOf(type, block) === 'log')
          .map(({ name }) => name),
      ),
    ]),
);

/** Read of all of an agency's entries, not only of the first of a day. */
export const keeping = ['ErasureExecuted', 'LegalHoldPlaced', 'LegalHoldReleased'];

/** What an agency records of which a part is kept as a log: nearly everything. The first of a day stands for all of it. */
export const loggedDaily: Daily = {
  types: [...logged].filter(([name, fields]) => fields.size > 0 && !keeping.includes(name)).map(([name]) => name),
  isMeant: ({ type, terms }) => textsOf(terms, 'present').some((name) => logged.get(type)?.has(name)),
};

/** As the log has them. */
export const byRecording = (one: Fact, other: Fact): number =>
  one.recordedAt === other.recordedAt ? (one.id < other.id ? -1 : 1) : one.recordedAt < other.recordedAt ? -1 : 1;
