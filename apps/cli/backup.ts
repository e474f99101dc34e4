import type { Command } from 'commander';
import { exitCodes } from './exit-codes.js';
import { isWrongUse } from './ledger-access.js';
import type { Environment } from './ledger-settings.js';

interface BackupOptions {
  readonly keys?: string;
  readonly data?: string;
}

const help = `
Copies a ledger of the embedded profile, which may run meanwhile. It needs both folders, on different media:
  nachweis backup ledger-2026-11-22           logs, sealed blocks and assessments, signing keys
  nachweis backup --keys keys-2026-11-22      what opens them; take it after them, keep it for a shorter time
  nachweis backup ledger-... --keys keys-...  both, in the right order
Old keys with the old blocks beside them show again what was erased since: delete them together, on schedule.
While it copies, an erasure may be refused; it succeeds when it is asked for again.
  copied, and every signed tree head is the root of the copied leaves    exit code 0
  the log is damaged; says where. What was copied is no backup           exit code 1
Wrong use: 64. For the cluster profile it names the tools of its stores, and ends with 64: nothing was copied.`;

const refused = 1;

/** `nachweis backup`: copies the ledger of this machine, and its keys apart. */
export function registerBackup(program: Command, environment: Environment): void {
  program
    .command('backup')
    .description('copy a ledger of the embedded profile, also while it runs')
    .argument('[folder]', 'where logs, sealed blocks and signing keys go: new or empty')
    .option('--keys <folder>', 'where what opens the blocks goes: new or empty, apart from the rest')
    .option('--data <folder>', 'the data of the ledger; without it NACHWEIS_DATA')
    .addHelpText('after', help)
    .action(async (folder: string | undefined, options: BackupOptions, command: Command) => {
      try {
        await backUp(folder, options, environment);
      } catch (error) {
        if (isWrongUse(error)) command.error(`nachweis backup: ${error.message}`, { exitCode: exitCodes.wrongUse });
        if (!(error instanceof Error) || error.name !== 'LogRefused') throw error;
        process.stderr.write(`nachweis backup: ${error.message}\n`);
        process.exitCode = refused;
      }
    });
}

async function backUp(folder: string | undefined, options: BackupOptions, environment: Environment): Promise<void> {
  const { WrongUse } = await import('./wrong-use.js');
  const { readConfig } = await import('#platform');
  const config = readConfig({ ...environment, ...(options.data !== undefined && { NACHWEIS_DATA: options.data }) });
  const { clusterTools } = await import('./backup/cluster-tools.js');
  if (config.eventStore !== undefined) throw new WrongUse(clusterTools);
  if (folder === undefined && options.keys === undefined) throw new WrongUse('name a folder, or --keys with a folder');
  await requireApart(folder, options.keys);
  const { join } = await import('node:path');
  const { backupKeys, backupLedger } = await import('./backup/take-backup.js');
  const { openProgressBar } = await import('./progress-bar.js');
  const { systemClock } = await import('./system-clock.js');
  const { data, keys = join(data, 'keys'), trails = join(data, 'trails') } = config;
  const from = { data, keys, trails };
  const bar = openProgressBar('Backup:');
  try {
    if (folder !== undefined) {
      const { logs } = await backupLedger(from, folder, systemClock, (...step) => bar.update(...step));
      bar.stop();
      const sizes = `${logs?.entries.size} entries and ${logs?.registry.size} registry entries`;
      process.stdout.write(`${folder}: ${sizes}, with their sealed blocks and the signing keys\n`);
    }
    if (options.keys !== undefined) {
      await backupKeys(from, options.keys, systemClock, (...step) => bar.update(...step));
      bar.stop();
      process.stdout.write(`${options.keys}: what opens the sealed blocks\n`);
    }
  } finally {
    bar.stop();
  }
}

/** Keys beside what they open would be one theft away from all content. */
async function requireApart(folder: string | undefined, keys: string | undefined): Promise<void> {
  if (folder === undefined || keys === undefined) return;
  const { WrongUse } = await import('./wrong-use.js');
  const { relative } = await import('node:path');
  const isIn = (one: string, other: string): boolean => !relative(other, one).startsWith('..');
  if (isIn(folder, keys) || isIn(keys, folder)) throw new WrongUse('the keys go to a folder apart from the rest');
}
