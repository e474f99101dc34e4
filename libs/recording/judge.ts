import { agreementChangeOf, evolve, refusalOf, type Said } from '#catalogue';
import { DomainError, isAgencyId, ledgerIssuer, type Instant } from '#kernel';
import type { PreparedEntry } from './entry.js';
import { judgeAgreement } from './judge-agreement.js';
import { correctionIn } from './known-corrections.js';
import { suspensionIn } from './known-suspensions.js';
import type { Mark, RegisterView } from './register.js';

/**
 * Decides whether an entry is this caller's to record, and what it changes. Broken rules, wrong order and missing
 * facts never refuse an entry: what happened is recorded.
 *
 * @param now by the ledger's clock: whose say an agreement is does not depend on what an entry says of its own moment
 * @throws DomainError `agency-not-admitted`, `not-found` (an exchange of other parties), `forbidden`,
 *   `exchange-moved-on`, `invalid-entry` (an agreement that cannot stand beside the known ones)
 */
export function judge(entry: PreparedEntry, register: RegisterView, now: Instant): Omit<Mark, 'recordedAt'> {
  const { id, issuer, type, exchange, said } = entry;
  const isLedger = issuer === ledgerIssuer;
  if (!isLedger && !register.isAdmitted(issuer)) {
    throw new DomainError('agency-not-admitted', `agency ${issuer} is not admitted to this ledger`);
  }
  const head = exchange === null ? undefined : register.headOf(exchange);
  if (head && !isLedger && !head.parties.includes(issuer)) {
    throw new DomainError('not-found', 'there is no such exchange for this agency');
  }
  const refusal = refusalOf(type, entry.recorder, head ?? null, said);
  if (refusal !== null) throw new DomainError('forbidden', refusal);
  if (entry.expectedVersion !== null && entry.expectedVersion !== (head?.version ?? 0)) {
    throw new DomainError('exchange-moved-on', 'the exchange has another version than expected');
  }
  if (type.log === 'registry') {
    const marks = registryMarks(said);
    if (marks.agreement) judgeAgreement(marks.agreement, { issuer, register, now });
    return { id, ...marks };
  }
  const marks = entryMarks(said);
  if (exchange === null) return { id, ...marks };
  return { id, ...marks, exchange: { id: exchange, head: evolve(head ?? null, said) } };
}

/** What an entry changes for those it is shown with. */
export function entryMarks(said: Said): Pick<Mark, 'correction'> {
  const correction = correctionIn(said);
  return correction === null ? {} : { correction };
}

/** What an entry of the registry changes for those after it: the agency it admits or suspends, the agreement it adds to or ends. */
export function registryMarks(said: Pick<Said, 'type' | 'terms'>): Pick<Mark, 'admitted' | 'agreement' | 'suspension'> {
  const agency = said.terms['agency'];
  if (said.type === 'AgencyAdmitted' && isAgencyId(agency)) return { admitted: agency };
  const suspension = suspensionIn(said);
  if (suspension !== null) return { suspension };
  const agreement = agreementChangeOf(said);
  return agreement === null ? {} : { agreement };
}
