import { isMissing } from '#catalogue';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has, textsOf, type Fact } from '../matter.js';
import { instantIn } from '../moments.js';
import { inTime, required, type Rule } from '../rule.js';

/** Nothing stops over it: entries are accepted and marked as not yet sealed. A check that left it out is not judged. */
export const int02: Rule = {
  id: 'INT-02',
  version: 2,
  statement: {
    en: 'The last time stamp of a log is never older than agreed.',
    de: 'Der letzte Zeitstempel eines Protokolls ist nie älter als vereinbart.',
  },
  compliant: {
    en: 'Who runs the ledger sees to it that time stamps are made again; what failed is recorded as an outage.',
    de: 'Die betreibende Stelle sorgt dafür, dass wieder Zeitstempel entstehen; die Störung ist als Ausfall vermerkt.',
  },
  sources: ['GDPR 32', 'LED 29'],
  severity: 'urgent',
  basis: 'policy',
  deadline: { hours: 24 },
  applies: true,
  about: 'exchange',
  reads: ['IntegrityVerified'],
  judge: (matter, then) =>
    factsOf(matter, 'IntegrityVerified')
      .filter(looksAtTimeStamp)
      .map((check) => {
        const known = then(check);
        const side = issuerSide(check, known.registry);
        const stamped = instantIn(check.terms, 'timeStampedAt');
        const about = { side, entry: check.id, part: null, facts: [check.id] };
        if (stamped === null) return { ...about, verdict: required(false, check.occurredAt), deadline: 'at-once' };
        return { ...about, verdict: inTime(check.occurredAt, known.end(side, stamped)) };
      }),
};

const looksAtTimeStamp = ({ terms }: Fact): boolean =>
  textsOf(terms, 'checked').includes('time-stamp') || has(terms, 'timeStampedAt') || isMissing(terms['timeStampedAt']);
