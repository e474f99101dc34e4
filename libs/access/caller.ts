import type { AgencyId } from '#kernel';

export const roles = ['agency', 'dpo', 'regulator', 'operator'] as const;

/**
 * `agency`: a person or system of an agency. `dpo`: its data protection officer. `regulator`: a supervisor of other
 * agencies. `operator`: who runs the ledger and can read nothing in it.
 */
export type Role = (typeof roles)[number];

/** Who is calling, as a verified token says. */
export interface Caller {
  /** the person or system, as its own body names it */
  readonly subject: string;
  readonly role: Role;
  /** The body the caller belongs to: its agency, the supervisory body itself, or the body that runs the ledger. */
  readonly agency: AgencyId;
  /** the agencies a regulator supervises; empty for every other role */
  readonly competentFor: readonly AgencyId[];
}
