import type { Command } from 'commander';
import type { Language } from '#catalogue';
import type { JsonObject } from '#statement';
import { exitCodes } from './exit-codes.js';
import { WrongUse } from './wrong-use.js';

interface InLanguage {
  readonly language: string;
}

const help = `
A file holds one agreement as JSON: the data of an entry AgreementAdopted (docs/agreement.schema.json) or, where it
supersedes a version or tells what changed, of an AgreementAmended.
  the agreement has the form the ledger takes   exit code 0
  it has not; what is wrong is printed          exit code 1
What an agreement leaves open is printed, too, and is no fault. Wrong use: 64.`;

const faulty = 1;

/** `nachweis agreement`: checks, compares and reads out agreements, without a ledger. */
export function registerAgreement(program: Command): void {
  const agreement = program
    .command('agreement')
    .description('check, compare and read out agreements')
    .addHelpText('after', help);
  agreement
    .command('check')
    .description('say what the ledger would refuse, and what is left open')
    .argument('<file>', 'the agreement')
    .action((file: string, _options: object, command: Command) => run(command, () => check(file)));
  agreement
    .command('diff')
    .description('say what the new version changes')
    .argument('<old>', 'the earlier version')
    .argument('<new>', 'the later version')
    .option('--language <code>', 'de or en', 'de')
    .action((one: string, other: string, options: InLanguage, command: Command) =>
      run(command, () => diff(one, other, options)),
    );
  agreement
    .command('render')
    .description('print it as plain prose')
    .argument('<file>', 'the agreement')
    .option('--language <code>', 'de or en', 'de')
    .action((file: string, options: InLanguage, command: Command) => run(command, () => render(file, options)));
}

async function check(file: string): Promise<void> {
  const agreement = await sound(file);
  if (!agreement) return;
  const { leftOpen } = await import('#compliance/agreements');
  const open = leftOpen(agreement);
  for (const { pointer, detail } of open) print(`open: ${pointer}: ${detail}`);
  print(open.length === 0 ? 'sound, and nothing is left open' : `sound; ${open.length} left open`);
}

async function diff(one: string, other: string, options: InLanguage): Promise<void> {
  const language = await languageOf(options);
  const before = await sound(one);
  const after = await sound(other);
  if (!before || !after) return;
  const { diffAgreements } = await import('#compliance/agreements');
  const differences = diffAgreements(before, after, language);
  for (const { said } of differences) print(said);
  if (differences.length === 0) print(language === 'de' ? 'Kein Unterschied.' : 'No difference.');
}

async function render(file: string, options: InLanguage): Promise<void> {
  const language = await languageOf(options);
  const agreement = await sound(file);
  if (!agreement) return;
  const { agreementAsText } = await import('#compliance/agreements');
  process.stdout.write(agreementAsText(agreement, language));
}

/** The agreement of a file; null where it is faulty, which is then printed and is the exit code. */
async function sound(file: string): Promise<JsonObject | null> {
  const { readAgreement } = await import('./agreement/agreement-file.js');
  const read = await readAgreement(file);
  if ('agreement' in read) return read.agreement;
  for (const { pointer, detail } of read.faults) process.stderr.write(`${file}: ${pointer || '/'}: ${detail}\n`);
  process.exitCode = faulty;
  return null;
}

async function languageOf({ language }: InLanguage): Promise<Language> {
  const { languages } = await import('#catalogue');
  const known = languages.find((one) => one === language);
  if (!known) throw new WrongUse('--language is de or en');
  return known;
}

async function run(command: Command, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!isWrongUse(error)) throw error;
    command.error(`nachweis agreement ${command.name()}: ${error.message}`, { exitCode: exitCodes.wrongUse });
  }
}

const unreadable: readonly unknown[] = ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR'];

/** What the caller asked for, or a file that is not there or may not be read. */
const isWrongUse = (error: unknown): error is { readonly message: string } =>
  error instanceof WrongUse ||
  (typeof error === 'object' && error !== null && 'code' in error && unreadable.includes(error.code));

const print = (line: string): void => void process.stdout.write(`${line}\n`);
