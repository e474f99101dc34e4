import type { Audience, Role } from '#access';
import { agenciesIn, agencyIn, entryTypes, openSince, partiesIn, standingAt, textIn } from '#catalogue';
import { ledgerIssuer, type AgencyId, type ExchangeId, type Instant } from '#kernel';
import type { Register } from '#recording';
import type { JsonObject } from '#statement';

/**
 * Who an entry concerns, read from its block `terms`. Where that was destroyed, the entry is its issuer's alone, as one
 * is that is hidden at the moment.
 */
export function audienceOf(
  issuer: AgencyId,
  terms: JsonObject | null,
  { register, now }: { readonly register: Pick<Register, 'timesOf'>; readonly now: Instant },
): Audience {
  const type = textIn(terms ?? {}, 'type') ?? '';
  if (issuer === ledgerIssuer) return ownOf(type, terms ?? {});
  if (entryTypes.get(type)?.assesses !== undefined) return { kind: 'note', agency: issuer };
  if (terms === null || openSince({ said: { type, terms } }) > now) {
    return { kind: 'recorded', issuer, recipients: [], parties: [issuer] };
  }
  const recipients = entryTypes.get(type)?.recipients?.(terms) ?? [];
  const exchange = terms['exchange'];
  const times = typeof exchange === 'string' ? register.timesOf(exchange as ExchangeId) : undefined;
  const parties = times === undefined ? [] : partiesIn(standingAt(times, now));
  return { kind: 'recorded', issuer, recipients, parties: [issuer, ...recipients, ...parties] };
}

/** What the ledger records itself, and what its operator records for it. */
function ownOf(type: string, terms: JsonObject): Audience {
  if (type === 'CheckNoteRaised') return { kind: 'note', agency: agencyIn(terms, 'agency') ?? ledgerIssuer };
  return type === 'SystemOutageRecorded' ? { kind: 'outage' } : lookOf(terms);
}

function lookOf(terms: JsonObject): Audience {
  return {
    kind: 'look',
    accessor: agencyIn(terms, 'agency') ?? agencyIn(terms, 'recipient') ?? ledgerIssuer,
    role: terms['role'] as Role,
    purpose: textIn(terms, 'accessPurpose') ?? '',
    owners: agenciesIn(terms, 'owner', 'owners'),
    released: false,
  };
}
