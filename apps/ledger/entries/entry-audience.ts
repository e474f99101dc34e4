import type { Audience, Role } from '#access';
import { agenciesIn, agencyIn, entryTypes, textIn } from '#catalogue';
import { ledgerIssuer, type AgencyId, type ExchangeId } from '#kernel';
import type { Register } from '#recording';
import type { JsonObject } from '#statement';

/**
 * Who an entry concerns, read from its block `terms`. Where that was destroyed, the entry is its issuer's alone.
 */
export function audienceOf(issuer: AgencyId, terms: JsonObject | null, register: Register): Audience {
  if (issuer === ledgerIssuer) return lookOf(terms ?? {});
  const recipients = entryTypes.get(textIn(terms ?? {}, 'type') ?? '')?.recipients?.(terms ?? {}) ?? [];
  const exchange = terms?.['exchange'];
  const head = typeof exchange === 'string' ? register.headOf(exchange as ExchangeId) : undefined;
  return { kind: 'recorded', issuer, recipients, parties: [issuer, ...recipients, ...(head?.parties ?? [])] };
}

function lookOf(terms: JsonObject): Audience {
  return {
    kind: 'look',
    accessor: agencyIn(terms, 'agency') ?? agencyIn(terms, 'recipient') ?? ledgerIssuer,
    role: terms['role'] as Role,
    purpose: textIn(terms, 'accessPurpose') ?? '',
    owners: agenciesIn(terms, 'owner'),
    released: false,
  };
}
