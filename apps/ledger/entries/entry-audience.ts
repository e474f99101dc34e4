import type { Audience, Role } from '#access';
import { entryTypes } from '#catalogue';
import { isAgencyId, ledgerIssuer, type AgencyId, type ExchangeId } from '#kernel';
import type { Register } from '#recording';
import type { JsonObject, JsonValue } from '#statement';

/**
 * Who an entry concerns, read from its block `terms`. Where that was destroyed, the entry is its issuer's alone.
 */
export function audienceOf(issuer: AgencyId, terms: JsonObject | null, register: Register): Audience {
  if (issuer === ledgerIssuer) return lookOf(terms ?? {});
  const recipients = entryTypes.get(String(terms?.['type']))?.recipients?.(terms ?? {}) ?? [];
  const exchange = terms?.['exchange'];
  const head = typeof exchange === 'string' ? register.headOf(exchange as ExchangeId) : undefined;
  return { kind: 'recorded', issuer, recipients, parties: [issuer, ...recipients, ...(head?.parties ?? [])] };
}

function lookOf(terms: JsonObject): Audience {
  const [accessor = ledgerIssuer] = agencies(terms['agency']);
  return {
    kind: 'look',
    accessor,
    role: terms['role'] as Role,
    purpose: String(terms['accessPurpose']),
    owners: agencies(terms['owners']),
    released: false,
  };
}

const agencies = (value: JsonValue | undefined): AgencyId[] =>
  (Array.isArray(value) ? value : [value]).filter(isAgencyId);
