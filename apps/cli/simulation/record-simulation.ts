import { agencyId } from '#kernel';
import { deliver } from '../delivery.js';
import type { LedgerClient } from '../ledger-client.js';
import { admissionOf } from './admissions.js';
import { network } from './network.js';
import { registryEntries } from './registry-entries.js';
import type { SimulatedEntry } from './script.js';
import { simulateYear, type Simulation } from './simulate-year.js';

/** What was recorded. */
export interface SimulationSummary {
  readonly exchanges: number;
  readonly entries: number;
  /** entries by type, most frequent first */
  readonly types: ReadonlyMap<string, number>;
  /** true when all of it had been recorded before */
  readonly isRepeat: boolean;
}

/** Submissions of up to 1 MiB: the ledger takes 400 lines and 2 MiB. */
const batch = 250;
const concurrency = 4;
const window = 6000;

/**
 * Admits the agencies of the simulated network and records what they agreed on, as far as there is an operator's token,
 * and records their year.
 *
 * @param progress told after every submission how many entries of how many are recorded
 * @throws LedgerRefused, LedgerUnreachable, NoToken
 */
export async function recordSimulation(
  client: LedgerClient,
  simulation: Simulation,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<SimulationSummary> {
  await prepareNetwork(client);
  const { exchanges, entries, types } = survey(simulation);
  let done = 0;
  let isRepeat = true;
  await deliver(simulateYear(simulation), {
    concurrency,
    batch,
    window,
    send: async (agency, parcels) => {
      const repeats: boolean[] = [];
      for (const one of parcels.filter(isOperated)) repeats.push(await operate(client, one));
      const bodies = parcels.flatMap((one) => (isOperated(one) ? [] : [one.body]));
      if (bodies.length > 0) repeats.push((await client.record(agency, bodies)).isRepeat);
      isRepeat &&= repeats.every((one) => one);
      done += parcels.length;
      progress(done, entries);
    },
  });
  return { exchanges, entries, types, isRepeat };
}

/** Simulates once without recording, so that progress can be shown: entries are cheap to make. */
function survey(simulation: Simulation): Omit<SimulationSummary, 'isRepeat'> {
  const types = new Map<string, number>();
  let entries = 0;
  let exchanges = 0;
  let last: string | undefined;
  for (const { body } of simulateYear(simulation)) {
    entries += 1;
    if (body.exchange !== undefined && body.exchange !== last) exchanges += 1;
    last = body.exchange ?? last;
    types.set(body.type, (types.get(body.type) ?? 0) + 1);
  }
  return { exchanges, entries, types: new Map([...types].toSorted(([, one], [, other]) => other - one)) };
}

/** What was agreed on long ago is there before anything is shared. */
async function prepareNetwork(client: LedgerClient): Promise<void> {
  for (const agency of network) {
    const admission = { agency: agency.id, body: admissionOf(agency), by: 'operator' as const };
    if (!(await hasOperated(client, admission))) return;
  }
  for (const one of registryEntries()) {
    if (isOperated(one)) await operate(client, one);
    else await client.record(one.agency, [one.body]);
  }
}

const isOperated = ({ by }: SimulatedEntry): boolean => by === 'operator';

/** @returns false where there is no operator's token */
async function hasOperated(client: LedgerClient, entry: SimulatedEntry): Promise<boolean> {
  try {
    await operate(client, entry);
    return true;
  } catch (error) {
    // With tokens from a file the agencies may have been admitted by somebody else.
    if (!(error instanceof Error) || error.name !== 'NoToken') throw error;
    return false;
  }
}

/** @returns whether it had been recorded before */
async function operate(client: LedgerClient, { body }: SimulatedEntry): Promise<boolean> {
  // The client asks once for each body admitted; here each entry is asked for once.
  const { isRepeat } = await client.admit(agencyId(`${body.id}.example`), body);
  return isRepeat;
}
