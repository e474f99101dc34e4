import { InvalidArgumentError, type Command } from 'commander';
import { exitCodes } from './exit-codes.js';
import { isWrongUse } from './ledger-access.js';
import type { Environment } from './ledger-settings.js';
import type { Accepted, GenerationProgress, GenerationsOfViews } from './rebuild/generations-of-views.js';

const help = `
Views in PostgreSQL are built in generations: a new one beside the one that is read, which stays readable meanwhile.
  nachweis rebuild start      make a new, empty generation; projectors of this version fill it
  nachweis rebuild status     how far each generation is, and how it compares with the one that is read
  nachweis rebuild switch     read the new one from now on, when it has caught up and its rows agree
  nachweis rebuild rollback   read again what was read before
  nachweis rebuild switch 3   forward again: what was read before is folded further first
  nachweis rebuild drop 3     drop a generation that nobody reads
NACHWEIS_VIEWS names the database, with the user that owns the views.
  done                                                     exit code 0
  the generation cannot be what was asked for; says why    exit code 1
  a database cannot be used; names it                      exit code 2
Wrong use: 64.`;

const endings: Readonly<Record<string, number>> = {
  RebuildRefused: 1,
  UnusableViews: 2,
  ViewsUnavailable: 2,
  StoreUnavailable: 2,
  StoreRefused: 2,
};

/** `nachweis rebuild`: builds the views of the cluster profile anew, without anybody noticing. */
export function registerRebuild(program: Command, environment: Environment): void {
  const rebuild = program
    .command('rebuild')
    .description('build the views of the cluster profile anew beside the old ones')
    .addHelpText('after', help);
  const run: Run = (command, work) => withGenerations(command, environment, work);
  rebuild
    .command('status')
    .description('how far each generation is, and how it compares with the one that is read')
    .option('--json', 'print it as JSON')
    .action((options: { json?: boolean }, command: Command) =>
      run(command, async (generations) => {
        const { logSize } = await import('./rebuild/log-size.js');
        const { readConfig } = await import('#platform');
        const status = { size: await logSize(readConfig(environment)), generations: await generations.list() };
        const text = options.json === true ? JSON.stringify(status, undefined, 2) : statusText(status);
        process.stdout.write(`${text}\n`);
      }),
    );
  addChanges(rebuild, run);
}

interface SwitchOptions {
  readonly accept: readonly Accepted[];
  readonly wait: string;
}

type Run = (command: Command, work: (generations: GenerationsOfViews) => Promise<void>) => Promise<void>;

function addChanges(rebuild: Command, run: Run): void {
  const say = (text: string): boolean => process.stdout.write(`${text}\n`);
  rebuild
    .command('start')
    .description('make a new generation, to be filled by projectors of this version')
    .action((_options: unknown, command: Command) =>
      run(command, async (generations) => {
        const { generation, made } = await generations.start();
        const [number, state] = [generation.number, generation.state === 'active' ? 'and read' : 'beside the others'];
        say(made ? `generation ${number} is there, empty, ${state}` : `generation ${number} is being built already`);
      }),
    );
  rebuild
    .command('switch')
    .description('read another generation from now on')
    .argument('[number]', 'which one; without it, the only one that is being built')
    .option('--accept <difference>', 'different or other-place: switch although it is so; repeatable', collected, [])
    .option('--wait <seconds>', 'how long to wait until it has caught up', '30')
    .action((given: string | undefined, { accept, wait }: SwitchOptions, command: Command) =>
      run(command, async (generations) => {
        const number = given === undefined ? undefined : await generationNumber(given);
        say(`generation ${await generations.switchTo(number, accept, await patience(wait))} is read from now on`);
      }),
    );
  rebuild
    .command('rollback')
    .description('read again what was read before the last switch')
    .action((_options: unknown, command: Command) =>
      run(command, async (generations) => {
        say(`generation ${await generations.rollback()} is read again`);
      }),
    );
  rebuild
    .command('drop')
    .description('drop a generation that nobody reads, with all its rows')
    .argument('<number>', 'which one')
    .action((given: string, _options: unknown, command: Command) =>
      run(command, async (generations) => {
        const number = await generationNumber(given);
        await generations.drop(number);
        say(`generation ${number} is gone`);
      }),
    );
}

async function withGenerations(command: Command, environment: Environment, work: Parameters<Run>[1]): Promise<void> {
  try {
    const { readConfig } = await import('#platform');
    const { GenerationsOfViews } = await import('./rebuild/generations-of-views.js');
    const generations = await GenerationsOfViews.open(readConfig(environment));
    try {
      await work(generations);
    } finally {
      await generations.close();
    }
  } catch (error) {
    const name = `nachweis rebuild ${command.name()}`;
    if (isWrongUse(error)) command.error(`${name}: ${error.message}`, { exitCode: exitCodes.wrongUse });
    if (!(error instanceof Error) || !Object.hasOwn(endings, error.name)) throw error;
    const setting = { views: 'NACHWEIS_VIEWS: ', store: 'NACHWEIS_EVENT_STORE: ', '': '' }[culpritOf(error)];
    process.stderr.write(`${name}: ${setting}${error.message}\n`);
    process.exitCode = endings[error.name];
  }
}

const culpritOf = ({ name }: Error): 'views' | 'store' | '' =>
  name.includes('Views') ? 'views' : name.startsWith('Store') ? 'store' : '';

interface Status {
  readonly size: number | null;
  readonly generations: readonly GenerationProgress[];
}

function statusText({ size, generations }: Status): string {
  const lines = generations.flatMap(({ number, state, projections, compared }) => [
    `generation ${number}: ${state}`,
    ...projections.map(({ name, version, folded, quarantined }) => {
      const done = folded + quarantined;
      const share = size === null ? '' : ` of ${size} (${percent(done, size)} %)`;
      const verdict = compared.find(({ projection }) => projection === name)?.verdict;
      const aside = quarantined > 0 ? `, ${quarantined} of them put aside` : '';
      return `  ${name} version ${version}: ${done}${share} entries${aside}${verdict ? `; rows: ${verdict}` : ''}`;
    }),
  ]);
  return lines.length > 0 ? lines.join('\n') : 'there is no generation yet: nachweis rebuild start makes one';
}

const percent = (done: number, size: number): number => (size === 0 ? 100 : Math.floor((100 * done) / size));

/** Milliseconds between two comparisons. */
const beforeNext = 250;

async function patience(seconds: string): Promise<() => Promise<boolean>> {
  const { WrongUse } = await import('./wrong-use.js');
  const { setTimeout } = await import('node:timers/promises');
  if (!/^\d{1,5}$/.test(seconds)) throw new WrongUse('--wait is a number of seconds');
  const end = performance.now() + 1_000 * Number(seconds);
  return async () => {
    if (performance.now() + beforeNext > end) return false;
    await setTimeout(beforeNext);
    return true;
  };
}

async function generationNumber(given: string): Promise<number> {
  const { WrongUse } = await import('./wrong-use.js');
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new WrongUse('a generation is named by its number');
  return Number(given);
}

function collected(given: string, before: readonly string[]): readonly string[] {
  if (given !== 'different' && given !== 'other-place') throw new InvalidArgumentError('different or other-place');
  return [...before, given];
}
