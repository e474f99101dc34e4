import type { AgencyId } from '#kernel';
import { type AgreementVersion, agreementVersionOf, nameOf } from './agreement-conflicts.js';
import type { Said } from './entry-type.js';
import { agenciesIn, textIn } from './reading.js';

/** One version of an agreement as far as later entries of the registry are judged by it: JSON. */
export interface KnownAgreement extends AgreementVersion {
  /** None where they are missing. */
  readonly parties: readonly AgencyId[];
}

/** What one entry of the registry changes: it adds a version, or ends those recorded before it that its issuer is in. */
export type AgreementChange =
  { readonly adds: KnownAgreement } | { readonly ends: string; readonly by: AgencyId; readonly lastDay: string | null };

/** Total: any type, any JSON in `terms`. Null where it changes no agreement, or does not say which. */
export function agreementChangeOf({
  issuer,
  type,
  terms,
}: Pick<Said, 'issuer' | 'type' | 'terms'>): AgreementChange | null {
  if (type === 'AgreementTerminated') {
    const ends = textIn(terms, 'agreement');
    return ends === null ? null : { ends, by: issuer, lastDay: textIn(terms, 'lastDay') };
  }
  if (type !== 'AgreementAdopted' && type !== 'AgreementAmended') return null;
  const version = agreementVersionOf(terms);
  return version && { adds: { ...version, parties: agenciesIn(terms, 'parties') } };
}

/** The known versions after a change. Of two records of one version the first counts. */
export function afterChange(known: readonly KnownAgreement[], change: AgreementChange): readonly KnownAgreement[] {
  if ('adds' in change) {
    const isKnown = known.some((one) => nameOf(one) === nameOf(change.adds));
    return isKnown ? known : [...known, change.adds];
  }
  const { ends, by, lastDay } = change;
  return known.map((one) => (one.agreement === ends && mayEnd(by, one) ? endedOn(one, lastDay) : one));
}

/** A version of others is theirs to end; one that does not say whose it is ends with its agreement. */
export const mayEnd = (agency: AgencyId, { parties }: Pick<KnownAgreement, 'parties'>): boolean =>
  parties.length === 0 || parties.includes(agency);

const endedOn = (one: KnownAgreement, lastDay: string | null): KnownAgreement =>
  lastDay === null || (one.validUntil !== null && one.validUntil <= lastDay) ? one : { ...one, validUntil: lastDay };

/** The agreement whose version another one takes the place of; null where it supersedes none. */
export const supersededAgreement = ({ supersedes }: Pick<AgreementVersion, 'supersedes'>): string | null =>
  supersedes && supersedes.slice(0, supersedes.lastIndexOf('@'));

/** True of the versions of an agreement, and of those that take the place of one. */
export const isAbout = (one: AgreementVersion, agreement: string): boolean =>
  one.agreement === agreement || supersededAgreement(one) === agreement;
