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
}

const help = `
Nine agencies that do not exist exchange data for a year: requests, answers, refusals, receipts, feedback, corrections,
and broken rules on purpose. The same seed, number and year give the same entries: recording them again changes nothing.
  recorded                        exit code 0
  refused, or no answer           exit code 1
Wrong use: 64.`;

/** `nachweis simulate`: records a simulated year through the HTTP API. */
export function registerSimulate(program: Command, environment: Environment): void {
  program
    .command('simulate')
    .description('record a simulated year of a network of agencies')
    .requiredOption('--seed <text>', 'what the simulation starts from')
    .requiredOption('--exchanges <count>', 'how many exchanges; each has about 6 entries')
    .option('--year <year>', 'the calendar year it is about; without it, the twelve months before today')
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

/** @throws WrongUse for what cannot be simulated */
async function simulationOf({ seed, exchanges, year }: SimulateOptions): Promise<Simulation> {
  const { millisecondsOf, instantAt } = await import('#kernel');
  const { systemClock } = await import('./system-clock.js');
  const { day } = await import('./simulation/calendar.js');
  const now = systemClock.now();
  const today = instantAt(Math.floor(millisecondsOf(now) / day) * day);
  const scope = { seed, exchanges: whole(exchanges, 'exchanges', 1, 10_000_000), until: today };
  if (year === undefined) return scope;
  return { ...scope, year: whole(year, 'year', 2000, Number(today.slice(0, 4))) };
}

function whole(text: string, name: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new WrongUse(`--${name} is a whole number from ${least} to ${most}`);
  return value;
}
