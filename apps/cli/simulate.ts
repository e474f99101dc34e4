import type { Command } from 'commander';
import { exitCodes } from './exit-codes.js';
import { isNotRecorded, isWrongUse, ledgerClient, notRecorded, type LedgerOptions } from './ledger-access.js';
import type { Environment } from './ledger-settings.js';
import type { Simulation } from './simulation/simulate-year.js';
import { WrongUse } from './wrong-use.js';

interface SimulateOptions extends LedgerOptions {
  readonly seed: string;
  readonly exchanges: string;
  readonly year?: string;
  readonly expected?: string;
}

const help = `
Nine agencies that do not exist exchange data for a year: requests, answers, refusals, receipts, feedback, corrections,
and each rule broken on purpose. The same seed, number and year give the same entries on the same day, and of a year that
is over on any day: recording them again changes nothing.
  recorded                        exit code 0
  refused, or no answer           exit code 1
Wrong use: 64.`;

/** `nachweis simulate`: records a simulated year through the HTTP API. */
export function registerSimulate(program: Command, environment: Environment): void {
  program
    .command('simulate')
    .description('record a simulated year of a network of agencies')
    .requiredOption('--seed <text>', 'what the simulation starts from')
    .requiredOption('--exchanges <count>', 'how many exchanges; each has about 10 entries')
    .option('--year <year>', 'the calendar year it is about; without it, the twelve months before today')
    .option('--expected <file>', 'where to write what is wrong on purpose: a check note a line, as ndjson')
    .option('--url <url>', 'the ledger; without it, the one of this machine')
    .option('--token-file <file>', 'bearer tokens, one a line; without it, tokens are minted from NACHWEIS_DATA')
    .addHelpText('after', help)
    .action(async (options: SimulateOptions, command: Command) => {
      try {
        await simulate(options, environment);
      } catch (error) {
        if (isWrongUse(error)) command.error(`nachweis simulate: ${error.message}`, { exitCode: exitCodes.wrongUse });
        if (!isNotRecorded(error)) throw error;
        process.stderr.write(`nachweis simulate: ${error.message}\n`);
        process.exitCode = notRecorded;
      }
    });
}

async function simulate(options: SimulateOptions, environment: Environment): Promise<void> {
  const simulation = await simulationOf(options);
  const client = await ledgerClient(options, environment);
  if (options.expected !== undefined) await writeExpected(options.expected, simulation);
  const { recordSimulation } = await import('./simulation/record-simulation.js');
  const { openProgressBar } = await import('./progress-bar.js');
  const bar = openProgressBar('Recording');
  const started = performance.now();
  try {
    const summary = await recordSimulation(client, simulation, (done, total) => bar.update('the year', done, total));
    bar.stop();
    const seconds = (performance.now() - started) / 1000;
    const { entries, exchanges, types, isRepeat } = summary;
    const rate = Math.round(entries / seconds);
    process.stdout.write(
      `${entries} entries of ${exchanges} exchanges in ${seconds.toFixed(1)} s (${rate} a second)\n`,
    );
    for (const [type, count] of types) process.stdout.write(`  ${String(count).padStart(7)}  ${type}\n`);
    if (isRepeat) process.stdout.write('All of it had been recorded before; nothing changed.\n');
  } catch (error) {
    bar.stop();
    throw error;
  }
}

/** The check notes that a ledger should raise of it, and no others: `{rule, agency, entry, part}`, one a line. */
async function writeExpected(file: string, simulation: Simulation): Promise<void> {
  const { createWriteStream } = await import('node:fs');
  const { Readable } = await import('node:stream');
  const { pipeline } = await import('node:stream/promises');
  const { expectedNotes } = await import('./simulation/simulate-year.js');
  await pipeline(Readable.from(linesOf(expectedNotes(simulation))), createWriteStream(file));
}

function* linesOf(values: Iterable<unknown>): Iterable<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}

/** @throws WrongUse for what cannot be simulated */
async function simulationOf({ seed, exchanges, year }: SimulateOptions): Promise<Simulation> {
  const { systemClock } = await import('./system-clock.js');
  const { beginningOfDay } = await import('./simulation/calendar.js');
  const today = beginningOfDay(systemClock.now());
  const scope = { seed, exchanges: whole(exchanges, 'exchanges', 1, 10_000_000), until: today };
  if (year === undefined) return scope;
  return { ...scope, year: whole(year, 'year', 2000, Number(today.slice(0, 4))) };
}

function whole(text: string, name: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new WrongUse(`--${name} is a whole number from ${least} to ${most}`);
  return value;
}
