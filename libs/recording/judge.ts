import { evolve, refusalOf, type Said } from '#catalogue';
import { DomainError, isAgencyId, ledgerIssuer, type AgencyId } from '#kernel';
import type { PreparedEntry } from './entry.js';
import type { Mark, RegisterView } from './register.js';

/**
 * Decides whether an entry is this caller's to record, and what it changes. Broken rules, wrong order and missing
 * facts never refuse an entry: what happened is recorded.
 *
 * @throws DomainError `agency-not-admitted`, `not-found` (an exchange of other parties), `forbidden`,
 *   `exchange-moved-on`
 */
export function judge(entry: PreparedEntry, register: RegisterView): Omit<Mark, 'recordedAt'> {
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
  if (type.log === 'registry') return { id, ...admittedBy(said) };
  if (exchange === null) return { id };
  return { id, exchange: { id: exchange, head: evolve(head ?? null, said) } };
}

/** Which agency a registry entry admits, if any. */
export function admittedBy({ type, terms }: Pick<Said, 'type' | 'terms'>): { admitted?: AgencyId } {
  const agency = terms['agency'];
  return type === 'AgencyAdmitted' && isAgencyId(agency) ? { admitted: agency } : {};
}
