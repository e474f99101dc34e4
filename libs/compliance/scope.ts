import type { AgencyId } from '#kernel';

/**
 * Whose entries an answer may be made from. It is decided by who asks and never by what is asked: filters only narrow.
 * `agency`: what the agency recorded, and what names it as the other side and is not hidden when it looks. `competent`: what these
 * agencies recorded, for their supervisor, hidden entries among it: it may know every block of theirs (domain §7).
 */
export type Scope =
  | { readonly kind: 'agency'; readonly agency: AgencyId }
  | { readonly kind: 'competent'; readonly agencies: readonly AgencyId[] };

export const agenciesOf = (scope: Scope): readonly AgencyId[] =>
  scope.kind === 'agency' ? [scope.agency] : scope.agencies;
