import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../support/random.js';
import type { Scenario } from './scenario.js';
import { members, nodes, type Member, type Stage } from './stage.js';

type Victim = Member | 'event-store' | 'postgres' | `broker-${(typeof nodes)[number]}`;

const victims: readonly Victim[] = [
  ...members,
  'event-store',
  'postgres',
  ...nodes.map((node) => `broker-${node}` as const),
];

/** F1: everything that runs is killed in the middle of its work, again and again. */
export const killedProcesses: Scenario = {
  name: 'F1',
  title: 'kill -9 of every kind of process, at random points under load',
  rounds: { short: 9, long: 50 },
  run: async ({ stage, random, rounds, isShort, report }) => {
    const before = stage.kills;
    const hit = new Map<Victim, number>();
    await stage.underLoad(async () => {
      let order: Victim[] = [];
      for (let round = 0; round < rounds; round++) {
        if (order.length === 0) order = shuffled(isShort ? victims.slice(0, -2) : victims, random);
        const victim = order.pop() ?? 'ledger-one';
        await sleep(random.between(50, 600));
        stage.doing = `killing ${victim}`;
        await strike(stage, victim, random);
        hit.set(victim, (hit.get(victim) ?? 0) + 1);
      }
    });
    const took = await stage.settle();
    report(`  killed: ${[...hit].map(([victim, times]) => `${victim} ${times}`).join(', ')}`);
    return `${stage.kills - before} kills, ${took}`;
  },
};

async function strike(stage: Stage, victim: Victim, random: Random): Promise<void> {
  const away = random.between(0, 300);
  if (victim === 'event-store') {
    await stage.killEventStore();
    await sleep(away);
    await stage.reviveEventStore();
  } else if (victim === 'postgres') {
    await stage.killPostgres();
    await sleep(away);
    await stage.revivePostgres();
  } else if (victim.startsWith('broker-')) {
    const node = Number(victim.slice('broker-'.length));
    await stage.killBroker(node);
    await sleep(away);
    void stage.reviveBroker(node);
  } else {
    await stage.kill(victim as Member);
    await sleep(away);
    stage.start(victim as Member);
  }
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random.between(0, left.length - 1), 1));
}
