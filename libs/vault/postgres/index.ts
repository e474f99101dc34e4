export { migrateVault, type VaultMigration } from './migrate-vault.js';
export type { PostgresLimits, PostgresVaultPlace } from './opening.js';
export { PostgresPlaces } from './postgres-places.js';
export { PostgresVault } from './postgres-vault.js';
