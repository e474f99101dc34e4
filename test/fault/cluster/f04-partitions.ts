import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../support/random.js';
import type { Direction, Fault, TcpProxy } from '../../support/tcp-proxy.js';
import type { Scenario } from './scenario.js';
import { ledgers, members, nodes, projectors, type Stage } from './stage.js';

type Way = readonly [what: string, proxies: (stage: Stage, random: Random) => readonly TcpProxy[]];

const ways: readonly [Way, ...Way[]] = [
  ['ledger and event store', (stage, random) => [stage.way(random.pick(ledgers), 'store')]],
  ['ledger and PostgreSQL', (stage, random) => [stage.way(random.pick(ledgers), 'postgres')]],
  ['relay and event store', (stage) => [stage.way('relay-entries', 'store')]],
  ['everybody and Kafka', ({ kafka }) => nodes.map((node) => kafka.proxy(node))],
  ['everybody and one broker', ({ kafka }, random) => [kafka.proxy(random.pick(nodes))]],
  ['projector and PostgreSQL', (stage, random) => [stage.way(random.pick(projectors), 'postgres')]],
  ['everybody and the event store', (stage) => members.map((member) => stage.way(member, 'store'))],
  ['everybody and PostgreSQL', (stage) => members.map((member) => stage.way(member, 'postgres'))],
];
const faults: readonly [Fault, ...Fault[]] = [
  { mode: 'blackhole' },
  { mode: 'reset' },
  { mode: 'half-open' },
  { mode: 'delay', milliseconds: 80 },
  { mode: 'cut', after: 700 },
];
const directions: readonly [Direction | undefined, ...(Direction | undefined)[]] = [undefined, 'toServer', 'toClient'];

/** F4: processes and stores lose each other, in one direction or both, and find each other again. */
export const partitions: Scenario = {
  name: 'F4',
  title: 'partitions between processes and stores, also in one direction',
  rounds: { short: 8, long: 48 },
  run: async ({ stage, random, rounds, isShort, report }) => {
    const longest = isShort ? 1_200 : 12_000;
    await stage.underLoad(async () => {
      for (let round = 0; round < rounds; round++) {
        const [what, proxiesOf] = ways[round % ways.length] ?? ways[0];
        const fault = random.pick(faults);
        const direction = random.pick(directions);
        stage.doing = `cutting ${what}: ${fault.mode} ${direction ?? 'both ways'}`;
        report(`  ${what}: ${fault.mode} ${direction ?? 'both ways'}`);
        const proxies = proxiesOf(stage, random);
        for (const proxy of proxies) proxy.set(fault, direction);
        await sleep(random.between(300, longest));
        for (const proxy of proxies) proxy.heal();
        await sleep(random.between(0, 300));
      }
    });
    const took = await stage.settle();
    return `${rounds} partitions; ${took}`;
  },
};
