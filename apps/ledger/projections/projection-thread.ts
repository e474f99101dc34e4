import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openSqliteViews } from '#compliance/sqlite';
import { openConnection, SqliteEventStore } from '#event-store/sqlite';
import { SqliteVault } from '#vault/sqlite';
import { GatheringStore } from './gathering-store.js';
import { projectHere, viewsFile } from './projections.js';
import { secondLook } from './second-look.js';
import type { Message, Question } from './thread-protocol.js';

/**
 * How long the thread lets entries gather while nobody asks, in milliseconds: folding a hundred at once costs a
 * fraction of folding them one by one, and takes it from those who record.
 */
const patience = 150;
const stateInterval = 200;

const directory = workerData as string;
const log = new SqliteEventStore(openConnection(join(directory, 'log.sqlite')), patience);
const store = new GatheringStore(log, patience);
const vault = SqliteVault.open({ directory, keyFile: join(directory, 'keys', 'vault.key') });
const views = openSqliteViews(join(directory, viewsFile));
const projector = await projectHere({ store, vault: secondLook(vault), views });

const say = (message: Message): void => parentPort?.postMessage(message);
const tellStates = (): void => say({ states: projector.states() });
const timer = setInterval(tellStates, stateInterval);

async function answer(question: Question): Promise<void> {
  switch (question.ask) {
    case 'reached':
      store.hurry();
      log.refresh();
      return projector.reached(question.size, new AbortController().signal);
    case 'erase':
      return projector.erase(question.ids);
    case 'stop':
      clearInterval(timer);
      await projector.stop();
      await views.database.destroy();
      await log.close();
      return vault.close();
  }
}

parentPort?.on('message', (question: Question) => {
  answer(question).then(
    () => {
      if (question.ask !== 'stop') tellStates();
      say({ number: question.number });
      if (question.ask === 'stop') parentPort?.close();
    },
    (error: unknown) => say({ number: question.number, failed: error instanceof Error ? error.name : 'unknown' }),
  );
});
tellStates();
