import { textIn } from '#catalogue';
import type { AgencyId, EntryId } from '#kernel';
import type { Fact, Matter } from '../rules/matter.js';
import type { Admissions } from '../rules/registry-state.js';
import { recipientOf } from '../rules/side.js';
import { aboutSame } from './about-same.js';

/** Where nothing is known of who was admitted. */
export const nobodyAdmitted = (_: EntryId): Admissions => ({ regimeOf: () => null, packOf: () => null });

/**
 * Under which regime a recipient received a disclosure: as it says itself, else as rules know it, because the sender
 * names one for all recipients. An intelligence service stays one, whoever says otherwise, itself included. Null where
 * nobody says so.
 */
export function recipientRegime(
  disclosure: Fact,
  recipient: AgencyId,
  matter: Matter,
  admissions: Admissions,
): string | null {
  const receipt = aboutSame(matter, disclosure, 'DisclosureReceived').find(({ issuer }) => issuer === recipient);
  return (receipt && receivedUnder(receipt, admissions)) ?? recipientOf(disclosure, recipient, admissions).regime;
}

/** The same, as the recipient's own receipt says it. */
export const receivedUnder = ({ issuer, terms }: Fact, admissions: Admissions): string | null =>
  admissions.regimeOf(issuer) === 'NATSEC' ? 'NATSEC' : textIn(terms, 'regime');
