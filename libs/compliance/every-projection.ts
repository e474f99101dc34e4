import type { Projection } from './projection.js';
import { accesses } from './projections/accesses.js';
import { disclosures } from './projections/disclosures.js';
import { exchanges } from './projections/exchanges.js';

/** The projections of this version, whoever runs them. */
export const everyProjection: readonly Projection[] = [disclosures, exchanges, accesses];
