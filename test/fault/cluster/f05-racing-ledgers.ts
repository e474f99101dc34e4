import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.js';
import { ledgers, type Stage } from './stage.js';

type Ledger = (typeof ledgers)[number];

/** F5: two ledgers write one log; one of them hangs, others go on, and it wakes up in the middle of its append. */
export const racingLedgers: Scenario = {
  name: 'F5',
  title: 'two ledgers on one log, one stopped in the middle of an append and resumed',
  rounds: { short: 1, long: 10 },
  run: async ({ stage, random, rounds, isShort }) => {
    let [twice, late] = [0, 0];
    const urls = [stage.url('ledger-one'), stage.url('ledger-two')] as const;
    for (let round = 0; round < rounds; round++) {
      const hung: Ledger = round % 2 === 0 ? 'ledger-one' : 'ledger-two';
      const other: Ledger = hung === 'ledger-one' ? 'ledger-two' : 'ledger-one';
      if ((await staleAppend(stage, hung, other)) === 'ok') late += 1;
      await stage.underLoad(async () => {
        stage.doing = `letting ${hung} hang`;
        await sleep(random.between(100, 500));
        stage.process(hung).pause();
        await sleep(isShort ? 2_500 : 30_000);
        stage.process(hung).resume();
        stage.doing = 'sending to both at once';
        for (let i = 0; i < 20; i++) {
          const outcomes = await stage.clients.sendToBoth(urls);
          if (outcomes.every((outcome) => outcome === 'ok')) twice += 1;
        }
      });
    }
    if (twice === 0) throw new Error('no entry was acknowledged by both ledgers');
    const took = await stage.settle();
    return `${rounds} stops; ${twice} entries acknowledged alike by both; ${late} of ${rounds} overtaken appends retried unseen; ${took}`;
  },
};

/** An append on its way is overtaken by the other ledger's while its sender is stopped: the store must refuse it. */
async function staleAppend(stage: Stage, hung: Ledger, other: Ledger): Promise<string> {
  stage.doing = `overtaking an append of ${hung}`;
  const way = stage.way(hung, 'store');
  way.set({ mode: 'blackhole' }, 'toServer');
  const late = stage.clients.sendTo(stage.url(hung));
  await sleep(400);
  stage.process(hung).pause();
  for (let i = 0; i < 5; i++) await stage.clients.sendTo(stage.url(other));
  way.heal();
  await sleep(200);
  stage.process(hung).resume();
  return late;
}
