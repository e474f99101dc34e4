import { agenciesIn, isObject, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { clausesBetween, covers } from '../../agreements/covering-clause.js';
import { namedFirst } from '../agreed-time-limit.js';
import { cites } from '../citation.js';
import { flowingItem } from '../flowing-item.js';
import { factsOf, partsOf, type Fact } from '../matter.js';
import { required, type Judgement, type Rule, type Then } from '../rule.js';
import { senderOf } from '../side.js';

/** Who must tell by statute needs no agreement for it. */
const duties = [
  { act: 'StGB', section: '138' },
  { act: 'SGB VIII', section: '8a' },
];

export const law03: Rule = {
  id: 'LAW-03',
  version: 2,
  statement: {
    en: 'An agreement in force covers sender, recipient, purpose and everything passed on.',
    de: 'Eine geltende Vereinbarung deckt übermittelnde und empfangende Stelle, Zweck und alles Übermittelte ab.',
  },
  compliant: {
    en: 'Pass on what a clause in force covers, or agree on a clause first; statutory duties need none.',
    de: 'Nur übermitteln, was eine geltende Klausel abdeckt, oder vorher eine vereinbaren; gesetzliche Pflichten brauchen keine.',
  },
  sources: ['GDPR 26', 'LED 21', 'ICO data sharing code'],
  severity: 'high',
  basis: 'policy',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed')
      .filter(({ terms }) => !isStatutoryDuty(terms))
      .flatMap((disclosure) =>
        agenciesIn(disclosure.terms, 'recipients').map((recipient) => judged(disclosure, recipient, then(disclosure))),
      ),
};

/** Several clauses may cover a disclosure together. Cited is the first that covers anything, else the nearest one. */
function judged(disclosure: Fact, recipient: AgencyId, { registry }: Then): Judgement {
  const { id, issuer, occurredAt, terms } = disclosure;
  const agreements = namedFirst(registry.agreementsInForce(occurredAt), textIn(terms, 'agreement'));
  const clauses = clausesBetween(agreements, { from: issuer, to: recipient });
  const purpose = textIn(terms, 'purpose');
  const covering = partsOf(terms, 'items').map((item) =>
    clauses.find((clause) => covers(clause, purpose, flowingItem(item))),
  );
  const cited = covering.find((clause) => clause !== undefined) ?? clauses[0];
  const isJoint = agreements.some((one) => isJointFor(one, issuer, recipient));
  return {
    side: senderOf(disclosure),
    entry: id,
    part: recipient,
    verdict: required(covering.length > 0 && !covering.includes(undefined), occurredAt),
    facts: [id],
    ...(cited?.reference && { clause: cited.reference }),
    ...(isJoint && { basis: 'law' as const }),
  };
}

/** Joint controllers must have an arrangement; others do well to have one. */
function isJointFor(agreement: JsonObject, ...agencies: readonly AgencyId[]): boolean {
  const parties = agenciesIn(agreement, 'parties');
  return agreement['controllership'] === 'joint' && agencies.every((agency) => parties.includes(agency));
}

function isStatutoryDuty({ legalBasisTransmit: basis }: JsonObject): boolean {
  const provision = isObject(basis) ? (textIn(basis, 'provision') ?? '') : '';
  return duties.some((duty) => cites(provision, duty));
}
