import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamName } from '#event-store';
import type { Random } from '../../support/random.js';
import type { Scenario } from './scenario.js';
import { ledgers, nodes, projectors, relays, type Stage } from './stage.js';

const streams: readonly [StreamName, ...StreamName[]] = ['entries', 'registry', 'entries.checkpoints'];

/** What is done between a deed and the answer to it. */
const ways: readonly ((stage: Stage, random: Random) => Promise<string>)[] = [
  async ({ cluster }, random) => {
    await cluster.eventStore.fault({ at: 'append', what: 'drop-reply', stream: named(random), times: 3 });
    await sleep(700);
    return 'appended, connection lost';
  },
  async (stage, random) => {
    await stage.cluster.eventStore.fault({ at: 'append', what: 'kill-after', stream: named(random) });
    await stage.reviveEventStore();
    return 'appended, store killed';
  },
  async (stage, random) => {
    await stage.cluster.eventStore.fault({ at: 'append', what: 'tear', stream: named(random) });
    await stage.reviveEventStore();
    return 'appended, store killed in the next write';
  },
  async (stage, random) => {
    const ledger = random.pick(ledgers);
    await stage.cluster.eventStore.fault({ at: 'append', what: 'lose-reply', stream: 'nachweis-entries', times: 2 });
    await sleep(random.between(50, 250));
    await stage.kill(ledger);
    await stage.cluster.eventStore.clearFaults();
    stage.start(ledger);
    return 'appended, ledger killed';
  },
  async (stage, random) => {
    const projector = random.pick(projectors);
    for (const node of nodes) stage.kafka.proxy(node).set({ mode: 'blackhole' }, 'toServer');
    await sleep(random.between(50, 300));
    await stage.kill(projector);
    for (const node of nodes) stage.kafka.proxy(node).heal();
    stage.start(projector);
    return 'rows committed, offset not';
  },
  async (stage, random) => {
    const relay = random.pick(relays);
    for (const node of nodes) stage.kafka.proxy(node).set({ mode: 'blackhole' }, 'toClient');
    await sleep(random.between(50, 300));
    await stage.kill(relay);
    for (const node of nodes) stage.kafka.proxy(node).heal();
    stage.start(relay);
    return 'sent, relay killed before the answer';
  },
  async (stage, random) => {
    for (const node of nodes) stage.kafka.proxy(node).set({ mode: 'cut', after: random.between(0, 200) }, 'toClient');
    await sleep(random.between(50, 300));
    for (const node of nodes) stage.kafka.proxy(node).heal();
    return 'sent, answer cut in the middle';
  },
];

const named = (random: Random): string => `nachweis-${random.pick(streams)}`;

/** F2: what was done is not answered, and whoever asked does not know. */
export const lostAnswers: Scenario = {
  name: 'F2',
  title: 'killed or cut off between append and answer, commit and offset, send and answer',
  rounds: { short: 7, long: 42 },
  run: async ({ stage, random, rounds, report }) => {
    const done = new Map<string, number>();
    await stage.underLoad(async () => {
      for (let round = 0; round < rounds; round++) {
        await sleep(random.between(300, 900));
        stage.doing = `losing answers, way ${round % ways.length}`;
        const what = (await ways[round % ways.length]?.(stage, random)) ?? '';
        done.set(what, (done.get(what) ?? 0) + 1);
      }
    });
    const { ok, fail, unknown } = stage.clients.outcomes;
    const took = await stage.settle();
    for (const [what, times] of done) report(`  ${times} times ${what}`);
    return `so far ${ok} answers, ${fail} refusals, ${unknown} unknown outcomes; ${took}`;
  },
};
