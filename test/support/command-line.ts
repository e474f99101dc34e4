import { Command, CommanderError } from 'commander';
import { exitCodes } from '../../apps/cli/exit-codes.js';

type Register = (program: Command, environment: Readonly<Record<string, string | undefined>>) => void;

/** What a command left behind: exit code and everything it printed. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command of `nachweis` in this process, as `main.ts` would. Not two at a time: it borrows the terminal. */
export async function commandLine(
  register: Register,
  environment: Readonly<Record<string, string>>,
  ...given: readonly string[]
): Promise<Ended> {
  const printed = { out: '', err: '' };
  const before = process.exitCode;
  const { stdout, stderr } = process;
  const writes = [stdout.write, stderr.write] as const;
  const program = new Command('nachweis').exitOverride().configureOutput({
    writeOut: (text) => void (printed.out += text),
    writeErr: (text) => void (printed.err += text),
  });
  register(program, environment);
  stdout.write = (text) => ((printed.out += String(text)), true);
  stderr.write = (text) => ((printed.err += String(text)), true);
  process.exitCode = 0;
  try {
    await program.parseAsync(given, { from: 'user' });
    return { code: Number(process.exitCode), ...printed };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { code: error.exitCode === 1 ? exitCodes.wrongUse : error.exitCode, ...printed };
  } finally {
    process.exitCode = before;
    [stdout.write, stderr.write] = writes;
  }
}
