import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.js';
import { nodes } from './stage.js';

/** F3: the broker that leads a partition is killed; then every broker is stopped and started in turn. */
export const lostLeader: Scenario = {
  name: 'F3',
  title: 'the leading broker killed under load, then a rolling restart',
  rounds: { short: 1, long: 6 },
  run: async ({ stage, random, rounds, isShort }) => {
    const rolled = isShort ? [] : nodes;
    const killed: number[] = [];
    await stage.underLoad(async () => {
      for (let round = 0; round < rounds; round++) {
        const leader = await stage.topics.leader('ledger.entries.v1', random.between(0, 11));
        killed.push(leader);
        stage.doing = `killing broker ${leader}`;
        await stage.killBroker(leader);
        await sleep(isShort ? 1_500 : 5_000);
        await stage.reviveBroker(leader);
      }
      for (const node of rolled) {
        stage.doing = `restarting broker ${node}`;
        await stage.kafka.restart(node);
        await sleep(isShort ? 0 : 2_000);
      }
    });
    const took = await stage.settle();
    return `leaders killed: ${killed.join(', ')}; ${rolled.length} restarted in turn; ${took}`;
  },
};
