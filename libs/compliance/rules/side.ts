import { agenciesIn, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { Fact } from './matter.js';
import type { Admissions } from './registry-state.js';

/** An agency in one act, with the law it acts under. A disclosure has two sides, and both are judged by their own. */
export interface Side {
  readonly agency: AgencyId;
  /** null where it does not say: it is judged under the one it was admitted with */
  readonly regime: string | null;
  readonly pack: string | null;
}

/** Who recorded an entry, as far as the entry says it. */
export const senderOf = ({ issuer, terms }: Pick<Fact, 'issuer' | 'terms'>): Side => ({
  agency: issuer,
  regime: textIn(terms, 'regime'),
  pack: textIn(terms, 'pack'),
});

/**
 * Who receives a disclosure: under the regime the sender named for it, else under the one it was admitted with. A name
 * for several recipients stands for none that was admitted with another, and nobody names an intelligence service away.
 */
export function recipientOf({ terms }: Pick<Fact, 'terms'>, agency: AgencyId, registry: Admissions): Side {
  const named = textIn(terms, 'regimeRecipient');
  const admitted = registry.regimeOf(agency);
  const isAlone = new Set(agenciesIn(terms, 'recipients')).size === 1;
  return {
    agency,
    regime: isAlone && admitted !== 'NATSEC' ? (named ?? admitted) : (admitted ?? named),
    pack: registry.packOf(agency),
  };
}
