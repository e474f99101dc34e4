import type { Fact } from './matter.js';
import type { RegistryState } from './registry-state.js';
import { senderOf, type Side } from './side.js';

/** Who recorded an entry: under the law that it names, else under the one it was admitted with. */
export function issuerSide(fact: Pick<Fact, 'issuer' | 'terms'>, registry: RegistryState): Side {
  const { agency, regime, pack } = senderOf(fact);
  return { agency, regime: regime ?? registry.regimeOf(agency), pack: pack ?? registry.packOf(agency) };
}

/** An agency, under the law it was admitted with. */
export const admittedSide = (agency: Side['agency'], registry: RegistryState): Side => ({
  agency,
  regime: registry.regimeOf(agency),
  pack: registry.packOf(agency),
});
