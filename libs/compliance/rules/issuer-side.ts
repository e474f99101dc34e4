import type { Fact } from './matter.js';
import type { Admissions } from './registry-state.js';
import { senderOf, type Side } from './side.js';

/** Who recorded an entry: under the law that it names, else under the one it was admitted with. */
export const issuerSide = (fact: Pick<Fact, 'issuer' | 'terms'>, registry: Admissions): Side =>
  completed(senderOf(fact), registry);

/** A side, where it does not say under which law, under the one it was admitted with. */
export const completed = ({ agency, regime, pack }: Side, registry: Admissions): Side => ({
  agency,
  regime: regime ?? registry.regimeOf(agency),
  pack: pack ?? registry.packOf(agency),
});

/** An agency, under the law it was admitted with. */
export const admittedSide = (agency: Side['agency'], registry: Admissions): Side =>
  completed({ agency, regime: null, pack: null }, registry);
