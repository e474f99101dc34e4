import type { AgencyId, Instant } from '#kernel';

/** What rules need of the registry log, as it was at one size of it. */
export interface RegistryState {
  /** Under which law an agency was admitted; null where it is unknown. */
  regimeOf(agency: AgencyId): string | null;
  packOf(agency: AgencyId): string | null;
  /** admitted then, and not suspended */
  isMember(agency: AgencyId, at: Instant): boolean;
}
