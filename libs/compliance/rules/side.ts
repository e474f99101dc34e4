import { textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { Fact } from './matter.js';
import type { RegistryState } from './registry-state.js';

/** An agency in one act, with the law it acts under. A disclosure has two sides, and both are judged by their own. */
export interface Side {
  readonly agency: AgencyId;
  /** null where it does not say */
  readonly regime: string | null;
  readonly pack: string | null;
}

/** Who recorded an entry. */
export const senderOf = ({ issuer, terms }: Pick<Fact, 'issuer' | 'terms'>): Side => ({
  agency: issuer,
  regime: textIn(terms, 'regime'),
  pack: textIn(terms, 'pack'),
});

/** Who receives a disclosure: under the regime the sender named for it, else under the one it was admitted with. */
export const recipientOf = ({ terms }: Pick<Fact, 'terms'>, agency: AgencyId, registry: RegistryState): Side => ({
  agency,
  regime: textIn(terms, 'regimeRecipient') ?? registry.regimeOf(agency),
  pack: registry.packOf(agency),
});
