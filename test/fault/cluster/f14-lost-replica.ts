import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.js';
import { ledgers, nodes, type Stage } from './stage.js';

/** F14: a broker loses its disk; a ledger loses everything it had derived. Both come back from the others. */
export const lostReplica: Scenario = {
  name: 'F14',
  title: 'the data of one broker and the folder of one ledger wiped',
  rounds: { short: 1, long: 6 },
  run: async ({ stage, random, rounds }) => {
    const wiped: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const node = random.pick(nodes);
      const ledger = random.pick(ledgers);
      await stage.underLoad(async () => {
        stage.doing = `wiping broker ${node}`;
        await stage.kafka.wipe(node);
        await stage.kill(ledger);
        rmSync(join(stage.cluster.folder, ledger), { recursive: true });
        await Promise.all([stage.start(ledger).ready, stage.reviveBroker(node)]);
      });
      stage.doing = 'waiting for replicas to be in sync';
      await inSync(stage);
      wiped.push(node);
    }
    const took = await stage.settle();
    return `brokers wiped: ${wiped.join(', ')}; all replicas in sync again; ${took}`;
  },
};

const patience = 90_000;

async function inSync({ topics }: Stage): Promise<void> {
  const end = performance.now() + patience;
  for (const topic of ['ledger.entries.v1', 'ledger.registry.v1', 'ledger.checkpoints.v1'] as const) {
    while ((await topics.outOfSync(topic)) > 0) {
      if (performance.now() > end) throw new Error(`replicas of ${topic} are not in sync after ${patience} ms`);
      await sleep(300);
    }
  }
}
