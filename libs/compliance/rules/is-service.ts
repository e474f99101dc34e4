import type { AgencyId } from '#kernel';
import type { RegistryState } from './registry-state.js';

/** Whether a body is an intelligence service, by what the registry says of it: BDSG 56(3), 57(5); SGB X § 83(5). */
export const isService = (agency: AgencyId, registry: Pick<RegistryState, 'kindOf' | 'regimeOf'>): boolean =>
  registry.kindOf(agency) === 'domestic-intelligence' || registry.regimeOf(agency) === 'NATSEC';
