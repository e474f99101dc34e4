import type { Material } from './export-profile.js';

/**
 * What documents for the person are written from: who received something is told (GDPR 15(1)(c)) even where the entry
 * is not handed over because it also speaks of others, or shows that reasons are kept; what it says of others is not.
 * What came from another body is told with the purpose and categories which that body recorded.
 */
export const withMasked = (material: Material): Material => ({
  ...material,
  entries: [...material.entries, ...(material.leakTest?.forDocuments ?? [])].toSorted(
    (one, other) => one.index - other.index,
  ),
});
