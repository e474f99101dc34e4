import type { Material } from './export-profile.js';

/**
 * What documents for the person are written from: who received something is told (GDPR 15(1)(c)) even where the entry
 * also speaks of others and is not handed over; what it says of them is not.
 */
export const withMasked = (material: Material): Material => ({
  ...material,
  entries: [...material.entries, ...(material.leakTest?.withoutOthers ?? [])].toSorted(
    (one, other) => one.index - other.index,
  ),
});
