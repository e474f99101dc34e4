import { PostgresVault } from '#vault/postgres';
import { vaultContract } from '../testing/contract.js';
import { VaultServer } from '../testing/vault-server.js';

let server: VaultServer;

beforeAll(async () => {
  server = await VaultServer.start();
});
afterAll(() => server.stop());

vaultContract('on PostgreSQL', async () => {
  await server.empty();
  let vault = await PostgresVault.open(server.place());
  return {
    vault,
    reopen: async () => {
      await vault.close();
      return (vault = await PostgresVault.open(server.place()));
    },
    close: () => vault.close(),
  };
});
