import { deliver } from '../delivery.js';
import type { LedgerClient } from '../ledger-client.js';
import { admissionOf } from './admissions.js';
import { network } from './network.js';
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
 * Admits the agencies of the simulated network, as far as there is an operator's token, and records their year.
 *
 * @param progress told after every submission how many entries of how many are recorded
 * @throws LedgerRefused, LedgerUnreachable, NoToken
 */
export async function recordSimulation(
  client: LedgerClient,
  simulation: Simulation,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<SimulationSummary> {
  await admitNetwork(client);
  const { exchanges, entries, types } = survey(simulation);
  let done = 0;
  let isRepeat = true;
  await deliver(simulateYear(simulation), {
    concurrency,
    batch,
    window,
    send: async (agency, parcels) => {
      const kept = await client.record(
        agency,
        parcels.map(({ body }) => body),
      );
      isRepeat &&= kept.isRepeat;
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
    if (body.exchange !== last) exchanges += 1;
    last = body.exchange;
    types.set(body.type, (types.get(body.type) ?? 0) + 1);
  }
  return { exchanges, entries, types: new Map([...types].toSorted(([, one], [, other]) => other - one)) };
}

async function admitNetwork(client: LedgerClient): Promise<void> {
  for (const agency of network) {
    try {
      await client.admit(agency.id, admissionOf(agency));
    } catch (error) {
      // With tokens from a file the agencies may have been admitted by somebody else.
      if (!(error instanceof Error) || error.name !== 'NoToken') throw error;
      return;
    }
  }
}
