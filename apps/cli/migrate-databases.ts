import type { Command } from 'commander';
import { exitCodes } from './exit-codes.js';
import { isWrongUse } from './ledger-access.js';
import type { Environment } from './ledger-settings.js';

const help = `
Makes schemas, tables and group roles in the databases that NACHWEIS_VIEWS, NACHWEIS_VAULT and NACHWEIS_VAULT_KEYS name,
or brings them to this version; never back. The users named there own the schemas; ledgers and projectors need users
with fewer rights. Where this version has no generation of views to fold into, one is made.
Run it before processes of a new version start; running it again changes nothing.
  done                                        exit code 0
  a database cannot be used; names setting    exit code 2
Wrong use: 64.`;

const unusable = 2;

/** `nachweis databases migrate`: prepares the databases of the cluster profile for this version. */
export function registerDatabases(program: Command, environment: Environment): void {
  program
    .command('databases')
    .description('the databases of the cluster profile')
    .command('migrate')
    .description('bring views, vault and keys in PostgreSQL to this version')
    .addHelpText('after', help)
    .action(async (_options: unknown, command: Command) => {
      try {
        const { readConfig } = await import('#platform');
        const { migrateDatabases } = await import('./migrate/databases.js');
        await migrateDatabases(readConfig(environment), (text) => process.stdout.write(`${text}\n`));
      } catch (error) {
        const name = 'nachweis databases migrate';
        if (isWrongUse(error)) command.error(`${name}: ${error.message}`, { exitCode: exitCodes.wrongUse });
        if (!(error instanceof Error) || error.name !== 'StartRefused') throw error;
        process.stderr.write(`${name}: ${error.message}\n`);
        process.exitCode = unusable;
      }
    });
}
