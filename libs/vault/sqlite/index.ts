export { SqliteVault, type VaultFiles } from './sqlite-vault.js';
