/** Kinds of agencies that are public bodies by what they are. Clinics, exit programmes and others may be either. */
const publicKinds: ReadonlySet<string> = new Set([
  'police',
  'prosecution',
  'youth-welfare',
  'school',
  'prison',
  'probation',
  'domestic-intelligence',
  'municipal-coordination',
  'social-services',
  'supervisor',
]);

/**
 * Whether an agency is certainly a public body. False also of those that may be one.
 *
 * @param kind a code of the vocabulary `agency-kind`; null where it is unknown
 */
export const isPublicBody = (kind: string | null): boolean => kind !== null && publicKinds.has(kind);
