import { agenciesIn, dayIn, mayEnd, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import { versionOf } from '../../agreements/covering-clause.js';
import { firstDone, type Done } from '../done.js';
import { admittedSide } from '../issuer-side.js';
import { factsOf, type Fact, type Matter } from '../matter.js';
import { inTime, type Judgement, type Rule, type Then } from '../rule.js';
import type { Side } from '../side.js';

/** What is recorded under a name, version by version. */
const reviewed = [
  { name: 'agreement', types: ['AgreementAdopted', 'AgreementAmended'], ends: 'AgreementTerminated' },
  { name: 'dpia', types: ['DpiaRecorded'], ends: null },
] as const;
type Reviewed = (typeof reviewed)[number];

/** A review is recorded as the next version, also where nothing else changes. All parties of an agreement owe it. */
export const agr01: Rule = {
  id: 'AGR-01',
  version: 1,
  statement: {
    en: 'Agreements and impact assessments are reviewed before the day on which that is due.',
    de: 'Vereinbarungen und Datenschutz-Folgenabschätzungen werden bis zum vorgesehenen Tag überprüft.',
  },
  compliant: {
    en: 'The next version is recorded by that day with the day of the following review, or the agreement is ended.',
    de: 'Bis dahin ist die nächste Fassung mit dem Tag der folgenden Überprüfung verzeichnet oder die Vereinbarung beendet.',
  },
  sources: ['GDPR 26', 'GDPR 35(11)'],
  severity: 'medium',
  basis: 'policy',
  deadline: { months: 12 },
  applies: true,
  about: 'registry',
  reads: reviewed.flatMap(({ types, ends }) => (ends === null ? types : [...types, ends])),
  judge: (registry, then) =>
    reviewed.flatMap((kind) =>
      factsOf(registry, ...kind.types).flatMap((one) => judged(one, kind, { registry, inForce: then(one) })),
    ),
};

function judged(
  one: Fact,
  kind: Reviewed,
  { registry, inForce }: { readonly registry: Matter; readonly inForce: Then },
): readonly Judgement[] {
  const review = firstDone([...laterVersions(one, kind, registry), ...endsOf(one, kind, registry)]);
  const parties = partiesOf(one, kind);
  return [...new Set(parties.length > 0 ? parties : [one.issuer])].flatMap((party) => {
    const side = admittedSide(party, inForce.registry);
    const due = dueOf(one, side, inForce);
    const lastDay = dayIn(one.terms, 'validUntil');
    if (lastDay !== null && inForce.endOfDay(side, lastDay) < due) return [];
    const verdict = inTime(review?.at ?? null, due);
    const facts = [one.id, ...(review ? [review.by.id] : [])];
    return [{ side, entry: one.id, part: null, verdict, ...(reviewDay(one) !== null && { deadline: null }), facts }];
  });
}

function dueOf(one: Fact, side: Side, inForce: Then): Done['at'] {
  const day = reviewDay(one);
  return day === null ? inForce.end(side, one.occurredAt) : inForce.endOfDay(side, day);
}

const reviewDay = ({ terms }: Fact): string | null => dayIn(terms, 'reviewDue');

/** An assessment belongs to who made it; an agreement to all its parties, of which any records the next version. */
function laterVersions(one: Fact, { name, types }: Reviewed, registry: Matter): readonly Done[] {
  return factsOf(registry, ...types)
    .filter((other) => isSame(one, other, name) && (name === 'agreement' || other.issuer === one.issuer))
    .filter((other) => numberOf(other) > numberOf(one) || supersedes(other, one))
    .map(doneBy);
}

function supersedes(other: Fact, one: Fact): boolean {
  const before = textIn(other.terms, 'supersedes');
  return before !== null && before === versionOf(one.terms);
}

/** Who has left an agreement ends nothing of the versions without it. */
function endsOf(one: Fact, kind: Reviewed, registry: Matter): readonly Done[] {
  if (kind.ends === null) return [];
  const parties = partiesOf(one, kind);
  return factsOf(registry, kind.ends)
    .filter((other) => isSame(one, other, kind.name) && other.occurredAt >= one.occurredAt)
    .filter(({ issuer }) => mayEnd(issuer, { parties }))
    .map(doneBy);
}

const partiesOf = ({ terms }: Fact, { name }: Reviewed): readonly AgencyId[] =>
  name === 'agreement' ? agenciesIn(terms, 'parties') : [];

const isSame = (one: Fact, other: Fact, name: Reviewed['name']): boolean =>
  textIn(one.terms, name) !== null && textIn(one.terms, name) === textIn(other.terms, name);

const numberOf = ({ terms }: Fact): number => (typeof terms['version'] === 'number' ? terms['version'] : 0);

const doneBy = (by: Fact): Done => ({ at: by.occurredAt, by });
