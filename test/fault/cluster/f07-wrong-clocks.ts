import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Scenario } from './scenario.js';

const preload = fileURLToPath(new URL('./shifted-clock.ts', import.meta.url));
/** Milliseconds by which the clock of one ledger is wrong, one after the other: behind, ahead, set back, right. */
const shifts = [-15_000, 600, 60_000, -60_000, 0] as const;

/** F7: the clock of one of two ledgers is wrong and jumps. Times in the log never go back, and nothing is refused. */
export const wrongClocks: Scenario = {
  name: 'F7',
  title: 'a ledger whose clock is behind, ahead and jumps back',
  rounds: { short: 1, long: 4 },
  run: async ({ stage, rounds, isShort }) => {
    const file = join(stage.cluster.folder, 'clock-shift');
    writeFileSync(file, '0');
    const settings = { NODE_OPTIONS: `--import ${preload}`, SHIFTED_CLOCK: file };
    stage.doing = 'starting a ledger with another clock';
    await stage.restart('ledger-two', settings);
    let answered = 0;
    for (let round = 0; round < rounds; round++) {
      await stage.underLoad(async () => {
        for (const shift of shifts) {
          stage.doing = `being wrong by ${shift} ms`;
          // In the long form, by as much more as makes an hour.
          writeFileSync(file, String(isShort ? shift : shift * 60));
          await sleep(isShort ? 400 : 3_000);
          const outcome = await stage.clients.sendTo(stage.url('ledger-two'));
          if (outcome === 'ok') answered += 1;
        }
      });
    }
    if (answered < (rounds * shifts.length) / 2) throw new Error('a ledger with a wrong clock hardly answers');
    await stage.restart('ledger-two');
    const took = await stage.settle();
    return `${answered} of ${rounds * shifts.length} answered at once under a wrong clock; ${took}`;
  },
};
