import { judgements } from './judging/judgements.js';
import type { Projection } from './projection.js';
import { accesses } from './projections/accesses.js';
import { disclosures } from './projections/disclosures.js';
import { exchanges } from './projections/exchanges.js';

/** The projections of this version, whoever runs them. */
export const everyProjection: readonly Projection[] = [disclosures, exchanges, accesses, judgements];

/** Those of some projections that need one order of entries. */
export const ofOrder = (order: Projection['order'], projections: readonly Projection[]): readonly Projection[] =>
  projections.filter((projection) => projection.order === order);
