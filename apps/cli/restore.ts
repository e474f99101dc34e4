import type { Command } from 'commander';
import { exitCodes } from './exit-codes.js';
import { isWrongUse } from './ledger-access.js';
import type { Environment } from './ledger-settings.js';

interface RestoreOptions {
  readonly keys: string;
  readonly data?: string;
  readonly checkpoint?: string;
}

const help = `
Checks every file, every leaf under every tree head that was signed, and every sealed block, then puts the ledger into
an empty folder, whole or not at all.
What the blocks or the keys know as erased stays erased. What was erased after both were copied is readable again:
erase it again before anybody uses the ledger.
What was recorded after the backup is gone. If anybody holds a later checkpoint, a ledger started on the backup would
sign a second history: give the latest one there is with --checkpoint, and a backup that is older is refused.
  restored, and everything is what it was                                exit code 0
  something is missing, was changed or is too old; says what             exit code 1
Wrong use: 64.`;

const refused = 1;

/** `nachweis restore`: puts a ledger of the embedded profile back from its backups. */
export function registerRestore(program: Command, environment: Environment): void {
  program
    .command('restore')
    .description('put a ledger back from its backups, into an empty folder')
    .argument('<backup>', 'the folder `nachweis backup` made')
    .requiredOption('--keys <folder>', 'the folder `nachweis backup --keys` made, no older than the backup')
    .option('--data <folder>', 'where the ledger shall find its data: new or empty; without it NACHWEIS_DATA')
    .option('--checkpoint <file>', 'the latest checkpoint of log `entries` that anybody holds')
    .addHelpText('after', help)
    .action(async (backup: string, options: RestoreOptions, command: Command) => {
      try {
        await restore(backup, options, environment);
      } catch (error) {
        if (isWrongUse(error)) command.error(`nachweis restore: ${error.message}`, { exitCode: exitCodes.wrongUse });
        if (!(error instanceof Error) || !['BackupRefused', 'LogRefused'].includes(error.name)) throw error;
        process.stderr.write(`nachweis restore: ${error.message}\n`);
        process.exitCode = refused;
      }
    });
}

async function restore(backup: string, options: RestoreOptions, environment: Environment): Promise<void> {
  const { readConfig } = await import('#platform');
  const config = readConfig({ ...environment, ...(options.data !== undefined && { NACHWEIS_DATA: options.data }) });
  const { clusterTools } = await import('./backup/cluster-tools.js');
  const { WrongUse } = await import('./wrong-use.js');
  if (config.eventStore !== undefined) throw new WrongUse(clusterTools);
  const { readFile } = await import('node:fs/promises');
  const { restoreLedger } = await import('./restore/restore-ledger.js');
  const { openProgressBar } = await import('./progress-bar.js');
  const checkpoint = options.checkpoint === undefined ? undefined : await readFile(options.checkpoint, 'utf8');
  const bar = openProgressBar('Restore:');
  try {
    const restored = await restoreLedger(
      { backup, keys: options.keys, data: config.data, ...(checkpoint !== undefined && { checkpoint }) },
      (...step) => bar.update(...step),
    );
    bar.stop();
    const { ledger, logs, blocks, settled } = restored;
    for (const { log, size, heads } of logs) {
      process.stdout.write(`${log}: ${size} entries under ${heads} signed tree heads, all as they were signed\n`);
    }
    process.stdout.write(`blocks: ${blocks.sealed} sealed, ${blocks.erased} erased, none missing\n`);
    if (settled.erased > 0) process.stdout.write(`${settled.erased} blocks were erased after they were copied\n`);
    if (settled.keys > 0) process.stdout.write(`${settled.keys} keys that no block needs were not restored\n`);
    process.stdout.write(
      `${ledger.origin} is restored to ${config.data} as of ${ledger.takenAt}. Erase again what was erased since.\n`,
    );
  } finally {
    bar.stop();
  }
}
