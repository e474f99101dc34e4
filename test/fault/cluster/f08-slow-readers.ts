import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.js';
import { projectors, relays } from './stage.js';

const mostMegabytes = 300;

/** F8: a projector hangs, another and the relays get everything late. Nobody else waits, and memory stays bounded. */
export const slowReaders: Scenario = {
  name: 'F8',
  title: 'a hanging projector, slow PostgreSQL, a slow subscriber of the event store',
  rounds: { short: 1, long: 3 },
  run: async ({ stage, rounds, isShort }) => {
    let largest = 0;
    for (let round = 0; round < rounds; round++) {
      await stage.underLoad(async () => {
        stage.doing = 'letting readers be slow';
        stage.process('projector-two').pause();
        stage.way('projector-one', 'postgres').set({ mode: 'delay', milliseconds: 60 });
        for (const relay of relays) stage.way(relay, 'store').set({ mode: 'delay', milliseconds: 100 });
        await sleep(isShort ? 3_000 : 60_000);
        for (const member of [...relays, ...projectors])
          largest = Math.max(largest, megabytesOf(stage.process(member).pid));
        stage.process('projector-two').resume();
      });
    }
    const took = await stage.settle();
    if (largest > mostMegabytes) throw new Error(`a relay or projector takes ${largest} MB`);
    return `the largest of relays and projectors took ${largest} MB; ${took}`;
  },
};

function megabytesOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1_024);
}
