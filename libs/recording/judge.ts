import {
  advance,
  agreementChangeOf,
  headFor,
  isNamedIn,
  laterOf,
  never,
  nothingYet,
  openSince,
  refusalOf,
  standingAt,
  type Said,
} from '#catalogue';
import { DomainError, isAgencyId, ledgerIssuer, type EntryId, type ExchangeId, type Instant } from '#kernel';
import { openEarly } from './early-corrections.js';
import type { PreparedEntry } from './entry.js';
import { judgeAgreement } from './judge-agreement.js';
import { judgePack } from './judge-pack.js';
import { correctionIn } from './known-corrections.js';
import { packIn } from './known-packs.js';
import { suspensionIn } from './known-suspensions.js';
import type { Mark, RegisterView } from './register.js';

/**
 * Decides whether an entry is this caller's to record, and what it changes. Broken rules, wrong order and missing
 * facts never refuse an entry: what happened is recorded.
 *
 * The exchange is as the issuer sees it: what others hide from it decides nothing, so that no answer tells of it. Whom
 * only hidden entries name begins the exchange for itself and the others, as with an id that nobody has used.
 *
 * @param now by the ledger's clock: whose say an agreement is, and what others have opened, does not depend on what an
 *   entry says of its own moment
 * @throws DomainError `agency-not-admitted`, `not-found` (an exchange of other parties), `forbidden`,
 *   `exchange-moved-on`, `invalid-entry` (an agreement or a pack that cannot stand beside the
 *   known ones)
 */
export function judge(entry: PreparedEntry, register: RegisterView, now: Instant): Omit<Mark, 'recordedAt'> {
  const { id, issuer, type, exchange, said } = entry;
  const isLedger = issuer === ledgerIssuer;
  if (!isLedger && !register.isAdmitted(issuer)) {
    throw new DomainError('agency-not-admitted', `agency ${issuer} is not admitted to this ledger`);
  }
  const times = exchange === null ? undefined : register.timesOf(exchange);
  const head = times === undefined ? null : headFor(standingAt(times, now), issuer);
  const isParty = times === undefined || (head?.parties.includes(issuer) ?? isNamedIn(times, issuer));
  if (!isParty && !isLedger) {
    throw new DomainError('not-found', 'there is no such exchange for this agency');
  }
  const refusal = refusalOf(type, entry.recorder, head, said);
  if (refusal !== null) throw new DomainError('forbidden', refusal);
  if (entry.expectedVersion !== null && entry.expectedVersion !== (head?.version ?? 0)) {
    throw new DomainError('exchange-moved-on', 'the exchange has another version than expected');
  }
  if (type.log === 'registry') {
    const marks = registryMarks(said);
    if (marks.agreement) judgeAgreement(marks.agreement, { issuer, register, now });
    if (marks.pack) judgePack(marks.pack, register);
    return { id, ...marks };
  }
  return { id, ...entryMarks({ id, said, exchange }, register) };
}

/** What an entry changes for its exchange, and for those it is shown with. */
export function entryMarks(
  { id, said, exchange }: { readonly id: EntryId; readonly said: Said; readonly exchange: ExchangeId | null },
  register: RegisterView,
): Pick<Mark, 'correction' | 'early' | 'exchange'> {
  const correction = correctionIn(said);
  const marks = correction === null ? {} : { correction };
  if (exchange === null) return marks;
  const { issuer, type, occurredAt } = said;
  const opens = openSince({ said });
  const first = correction === null ? opens : (register.openingOf(correction.corrects, { exchange, issuer }) ?? never);
  const since = laterOf(opens, first);
  const isEarly = first === never && opens !== never;
  const early = correction && isEarly ? { ...correction, id, exchange, type, occurredAt, since: opens } : null;
  const { times, opened } = openEarly(
    { id, exchange, issuer, since },
    advance(register.timesOf(exchange) ?? nothingYet, said, since),
    (corrects) => register.earlyOf(corrects),
  );
  return { ...marks, ...(early && { early }), exchange: { id: exchange, issuer, since, times, opened } };
}

/** What an entry of the registry changes for those after it: the agency it admits or suspends, the agreement it adds to or ends, the pack. */
export function registryMarks(
  said: Pick<Said, 'issuer' | 'type' | 'terms'>,
): Pick<Mark, 'admitted' | 'agreement' | 'pack' | 'suspension'> {
  const agency = said.terms['agency'];
  if (said.type === 'AgencyAdmitted' && isAgencyId(agency)) return { admitted: agency };
  const suspension = suspensionIn(said);
  if (suspension !== null) return { suspension };
  const pack = packIn(said);
  if (pack !== null) return { pack };
  const agreement = agreementChangeOf(said);
  return agreement === null ? {} : { agreement };
}
