import { join } from 'node:path';
import { everyProjection, Projector } from '#compliance';
import { RegistryFollower } from '#compliance/registry';
import { openSqliteViews } from '#compliance/sqlite';
import { openConnection, SqliteEventStore } from '#event-store/sqlite';
import { SqliteVault } from '#vault/sqlite';

/** What one rebuild came to: the last line this program prints. */
export interface Rebuilt {
  readonly entries: number;
  readonly seconds: number;
  /** processor time, of all threads */
  readonly processorSeconds: number;
  /** most resident memory there ever was */
  readonly mebibytes: number;
}

const [directory = '', views = ''] = process.argv.slice(2);
const store = new SqliteEventStore(openConnection(join(directory, 'log.sqlite')), 1_000);
const vault = SqliteVault.open({ directory, keyFile: join(directory, 'keys', 'vault.key') });
const database = openSqliteViews(views);
const projector = new Projector(everyProjection, { store, vault, views: database, given: new RegistryFollower(store) });

const size = await store.size('entries');
const began = performance.now();
const spent = process.cpuUsage();
await projector.start();
await projector.reached(size, new AbortController().signal);
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(spent);
const stopped = projector.states().filter(({ status }) => status === 'stopped');
await projector.stop();
await database.database.destroy();
await store.close();
await vault.close();
if (stopped.length > 0) throw new Error(`stopped: ${stopped.map(({ name }) => name).join(', ')}`);
const result: Rebuilt = {
  entries: size,
  seconds,
  processorSeconds: (user + system) / 1e6,
  mebibytes: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
