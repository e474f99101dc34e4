import type { Command } from 'commander';
import { exitCodes } from './exit-codes.js';
import { isWrongUse } from './ledger-access.js';
import type { Environment } from './ledger-settings.js';
import type { Progress, Reading } from './migrate/proven-log.js';

interface MigrateOptions {
  readonly from: string;
  readonly to: string;
  readonly data?: string;
  readonly vault?: boolean;
}

const help = `
Copies both logs of a stopped ledger, with every tree head it ever signed, into the event store NACHWEIS_EVENT_STORE
names, reads everything back and compares root by root. Cut off anywhere, run it again: it goes on where it stopped.
With --vault, every sealed block goes before the log to the vault of NACHWEIS_VAULT and NACHWEIS_VAULT_KEYS, under new
keys, and what was erased arrives erased. Signing keys are not moved: put them where NACHWEIS_KEYS says.
Afterwards no embedded ledger starts on the old folder any more: two histories would grow from one log.
  copied, and proven equal                                               exit code 0
  the source is damaged, or the target holds something else; says where  exit code 1
  a store does not answer; run it again                                  exit code 2
Wrong use: 64.`;

const [refused, unanswered] = [1, 2];

/** What an event store that refuses to be used says of the streams, not of the way to it. */
const foundInStreams: readonly unknown[] = ['truncated', 'deleted', 'foreign', 'changed'];

/** `nachweis migrate`: carries the log of the embedded profile into the event store of the cluster profile. */
export function registerMigrate(program: Command, environment: Environment): void {
  program
    .command('migrate')
    .description('copy the log of a stopped embedded ledger into an event store, and prove the copy equal')
    .requiredOption('--from <store>', 'where the log is: sqlite')
    .requiredOption('--to <store>', 'where it goes: eventstoredb')
    .option('--data <folder>', 'the data of the stopped ledger; without it NACHWEIS_DATA')
    .option('--vault', 'copy the sealed blocks, too')
    .addHelpText('after', help)
    .action(async (options: MigrateOptions, command: Command) => {
      try {
        await migrate(options, environment);
      } catch (error) {
        if (isWrongUse(error)) command.error(`nachweis migrate: ${error.message}`, { exitCode: exitCodes.wrongUse });
        const code = codeOf(error);
        if (code === undefined) throw error;
        process.stderr.write(`nachweis migrate: ${sentenceOf(error as Error)}\n`);
        process.exitCode = code;
      }
    });
}

async function migrate({ from, to, data, vault }: MigrateOptions, environment: Environment): Promise<void> {
  const { WrongUse } = await import('./wrong-use.js');
  if (from !== 'sqlite' || to !== 'eventstoredb') throw new WrongUse('it goes --from sqlite --to eventstoredb');
  const { migrateLog } = await import('./migrate/migrate-log.js');
  const { markMigrated } = await import('./migrate/stopped-ledger.js');
  const { openMigration } = await import('./migrate/stores.js');
  const { openProgressBar } = await import('./progress-bar.js');
  const { readConfig } = await import('#platform');
  const settings = { ...environment, ...(data !== undefined && { NACHWEIS_DATA: data }) };
  const config = readConfig(settings);
  const stores = await openMigration(config);
  const bar = openProgressBar('Migration:');
  const progress: Progress = (...step) => bar.update(...step);
  try {
    const said = vault === true ? [await carryVault(settings, stores.from, progress)] : [];
    for (const { log, size, heads, root } of await migrateLog(stores.from, stores.to, progress)) {
      said.push(`${log}: ${size} entries, ${heads} tree heads, all equal; root ${root.toString('base64')}`);
    }
    markMigrated(config.data);
    bar.stop();
    process.stdout.write(`${said.join('\n')}\n`);
  } finally {
    bar.stop();
    await stores.close();
  }
}

async function carryVault(environment: Environment, log: Reading, progress: Progress): Promise<string> {
  const { readConfig } = await import('#platform');
  const { ledgerSettings } = await import('./ledger-settings.js');
  const { migrateVault } = await import('./migrate/migrate-vault.js');
  const { openVaults } = await import('./migrate/vaults.js');
  const vaults = await openVaults(readConfig(environment), ledgerSettings(environment).origin);
  try {
    const { sealed, erased } = await migrateVault(log, vaults.from, vaults.to, progress);
    return `blocks: ${sealed} sealed, ${erased} erased, all equal`;
  } finally {
    await vaults.close();
  }
}

/** @returns undefined for an error nobody foresaw */
function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if (['LogRefused', 'VaultNotMigrated', 'VaultDamaged'].includes(error.name)) return refused;
  if (['StoreUnavailable', 'VaultUnavailable', 'StartRefused'].includes(error.name)) return unanswered;
  if (error.name !== 'StoreRefused') return undefined;
  const reason = 'reason' in error ? error.reason : undefined;
  return reason === 'address' ? exitCodes.wrongUse : foundInStreams.includes(reason) ? refused : unanswered;
}

const sentenceOf = ({ name, message }: Error): string =>
  name === 'StoreRefused' ? `NACHWEIS_EVENT_STORE: ${message}` : message;
