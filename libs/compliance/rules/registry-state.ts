import type { AgencyId, Instant } from '#kernel';
import type { JsonObject } from '#statement';

/** Under which law bodies were admitted. */
export type Admissions = Pick<RegistryState, 'regimeOf' | 'packOf'>;

/** What rules need of the registry log, as it was at one size of it. */
export interface RegistryState {
  /** Under which law an agency was admitted; null where it is unknown. */
  regimeOf(agency: AgencyId): string | null;
  packOf(agency: AgencyId): string | null;
  /** Whose holidays count for an agency, like `DE-NW`; null where its pack decides that. */
  calendarOf(agency: AgencyId): string | null;
  /** admitted then, and not suspended */
  isMember(agency: AgencyId, at: Instant): boolean;
  /** Since when an agency is suspended that is suspended at that moment; null where it is not. */
  suspendedSince(agency: AgencyId, at: Instant): Instant | null;
  /** What an agency is, a code of the vocabulary `agency-kind`; null where it is unknown. */
  kindOf(agency: AgencyId): string | null;
  /** Agreements in force then, each as recorded: the terms of `AgreementAdopted` or `AgreementAmended`. */
  agreementsInForce(at: Instant): readonly JsonObject[];
  /** Whether an agency has registered this version of a processing activity, named as `activity@version`. */
  hasRegistered(agency: AgencyId, activity: string): boolean;
}
