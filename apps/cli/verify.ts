import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { exitCodes } from './exit-codes.js';

interface VerifyOptions {
  readonly logKey: string;
  readonly policy?: string;
  readonly since?: string;
  readonly json?: boolean;
}

const help = `
Works offline, from the file alone. Its last line starts with the verdict:
  valid         all entries are there, exactly as the log signed them          exit code 0
  erased        valid, and some blocks were destroyed since                    exit code 0
  tampered      something is not what it was                                   exit code 1
  incomplete    something is missing                                           exit code 2
  unverifiable  what would prove it is not at hand, such as the right key      exit code 2
Wrong use: 64.`;

/** `nachweis verify`: checks a trail offline. */
export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('check a trail offline')
    .argument('<trail>', 'the ZIP file')
    .requiredOption('--log-key <key>', 'verifier key of the log, or a file that holds it; not the one in the trail')
    .option('--policy <file>', 'C2SP policy: the witnesses that must have countersigned')
    .option('--since <file>', 'a checkpoint of this log you hold already: the log may only have grown since')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', help)
    .action(verify);
}

async function verify(path: string, options: VerifyOptions, command: Command): Promise<void> {
  const { exitCodeOf, findingLine, sentenceOf, verifyTrail } = await import('#trail');
  const { openProgressBar } = await import('./progress-bar.js');
  const bar = openProgressBar('Checking');
  try {
    const report = await verifyTrail(path, await trustOf(options), (...step) => bar.update(...step));
    bar.stop();
    if (options.json === true) {
      const head = report.head === null ? null : { ...report.head, root: report.head.root.toString('base64') };
      process.stdout.write(`${JSON.stringify({ ...report, head }, undefined, 2)}\n`);
    } else {
      for (const finding of report.findings) process.stdout.write(`${finding.verdict}: ${findingLine(finding)}\n`);
      for (const sentence of report.notChecked) process.stdout.write(`not checked: ${sentence}\n`);
      process.stdout.write(`${sentenceOf(report)}\n`);
    }
    process.exitCode = exitCodeOf(report.verdict);
  } catch (error) {
    bar.stop();
    if (!isWrongUse(error)) throw error;
    command.error(`nachweis verify: ${error.message}`, { exitCode: exitCodes.wrongUse });
  }
}

async function trustOf({ logKey, policy, since }: VerifyOptions): Promise<{
  logKey: string;
  policy?: string;
  since?: string;
}> {
  return {
    logKey: (existsSync(logKey) ? await readFile(logKey, 'utf8') : logKey).trim(),
    ...(policy === undefined ? {} : { policy: await readFile(policy, 'utf8') }),
    ...(since === undefined ? {} : { since: await readFile(since, 'utf8') }),
  };
}

const wrongUse: readonly unknown[] = ['InvalidNote', 'InvalidPolicy', 'ENOENT', 'EACCES', 'EISDIR'];

/** A malformed key or policy, or a file that is not there or may not be read. */
const isWrongUse = (error: unknown): error is { message: string } =>
  typeof error === 'object' &&
  error !== null &&
  (('name' in error && wrongUse.includes(error.name)) || ('code' in error && wrongUse.includes(error.code)));
