import { entryTypes, shippedPackVersions, vocabularies } from '#catalogue';
import type { JsonObject } from '#statement';
import { everyRule } from '../rules/every-rule.js';

/**
 * By which forms, lists and rules of this ledger an export was written: whoever reads it later finds the same ones. All of
 * them, so that the list tells of no entry that is in it or left out.
 * Packs as the ledger brings them: what a network published of them stands in its registry log.
 */
export const versions = (): JsonObject => ({
  entryTypes: Object.fromEntries([...entryTypes.values()].map(({ name, dataVersion }) => [name, dataVersion])),
  vocabularies: Object.fromEntries([...vocabularies.values()].map(({ name, version }) => [name, version])),
  rules: Object.fromEntries(everyRule.map(({ id, version }) => [id, version])),
  rulePacks: { ...shippedPackVersions },
});
