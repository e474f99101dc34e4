import { dayIn, textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import { chainRoot } from '../chain-root.js';
import { issuerSide } from '../issuer-side.js';
import { factsOf, partsOf, type Fact, type Matter } from '../matter.js';
import { earliest } from '../moments.js';
import { inTime, required, type Judgement, type Rule, type Then, type Verdict } from '../rule.js';
import { unlessErased } from '../unless-erased.js';

/**
 * Findings are told apart by their place: a follow-up repeats those of the audit it follows, in their order, and may
 * add others. The next audit is one of the same kind; a follow-up is none.
 */
export const ovs02: Rule = {
  id: 'OVS-02',
  version: 1,
  statement: {
    en: 'Audits are performed when they are due, and what they find is put right in time.',
    de: 'Prüfungen finden termingerecht statt, und was sie ergeben, wird fristgerecht behoben.',
  },
  compliant: {
    en: 'The next audit is completed by its day; a follow-up records the day on which each finding was put right.',
    de: 'Die nächste Prüfung ist termingerecht abgeschlossen; eine Nachprüfung hält fest, wann jeder Mangel behoben war.',
  },
  sources: ['GDPR 24', 'GDPR 39(1)(b)', 'LED 34', 'Wpg 33†'],
  severity: 'medium',
  basis: 'policy',
  deadline: { months: 12 },
  applies: true,
  about: 'agency',
  reads: ['AuditPerformed'],
  judge: (matter, then) => {
    const audits = factsOf(matter, 'AuditPerformed');
    const rootOf = new Map(audits.map((one) => [one, chainRoot(one, audits, 'followsUp')]));
    return audits.flatMap((audit) => {
      const chain = audits.filter((one) => rootOf.get(one) === rootOf.get(audit));
      const about = { matter, inForce: then(audit) };
      return [...nextAudit(audit, audits, about), ...newFindings(audit, chain, about)];
    });
  },
};

interface About {
  readonly matter: Matter;
  readonly inForce: Then;
}

function nextAudit(audit: Fact, audits: readonly Fact[], { matter, inForce }: About): readonly Judgement[] {
  const kind = textIn(audit.terms, 'kind');
  if (kind === 'follow-up') return [];
  const side = issuerSide(audit, inForce.registry);
  const later = audits.filter((one) => one.occurredAt > audit.occurredAt && textIn(one.terms, 'kind') === kind);
  const day = dayIn(audit.terms, 'nextDue');
  const due = day === null ? inForce.end(side, audit.occurredAt) : inForce.endOfDay(side, day);
  const done = earliest(
    later.map((one) => {
      const completed = dayIn(one.terms, 'completedOn');
      return completed === null ? one.occurredAt : inForce.endOfDay(side, completed);
    }),
  );
  const verdict = unlessErased(inTime(done, due), matter);
  return [
    {
      side,
      entry: audit.id,
      part: '/nextDue',
      verdict,
      ...(day !== null && { deadline: null }),
      facts: [audit, ...later.slice(0, 1)].map(({ id }) => id),
    },
  ];
}

/** What an audit is the first of its chain to have found. */
function newFindings(audit: Fact, chain: readonly Fact[], { matter, inForce }: About): readonly Judgement[] {
  const side = issuerSide(audit, inForce.registry);
  const before = chain.slice(0, chain.indexOf(audit));
  const known = Math.max(0, ...before.map((one) => findingsOf(one).length));
  return findingsOf(audit).flatMap((finding, place) => {
    if (place < known) return [];
    const states = chain.map((one) => ({ by: one, day: dayIn(findingsOf(one)[place] ?? {}, 'remediedOn') }));
    const remedied = earliest(states.map(({ day }) => (day === null ? null : inForce.endOfDay(side, day))));
    const due = dayIn(finding, 'remedyDue');
    return [
      {
        side,
        entry: audit.id,
        part: `/findings/${place}`,
        deadline: null,
        verdict: unlessErased(
          due === null ? undated(finding, audit) : inTime(remedied, inForce.endOfDay(side, due)),
          matter,
        ),
        facts: [audit, ...states.filter(({ by, day }) => day !== null && by !== audit).map(({ by }) => by)].map(
          ({ id }) => id,
        ),
      },
    ];
  });
}

/** A finding that was not put right at once should have a day by which it will be. */
const undated = (finding: JsonObject, { occurredAt }: Fact): Verdict =>
  required(dayIn(finding, 'remediedOn') !== null, occurredAt);

const findingsOf = ({ terms }: Fact): readonly JsonObject[] => partsOf(terms, 'findings');
