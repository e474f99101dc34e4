import { setTimeout as sleep } from 'node:timers/promises';
import { everyProjection, ofOrder } from '#compliance';
import type { Scenario } from './scenario.js';
import { projectors, type Stage } from './stage.js';

const patience = 60_000;

/**
 * F9: an entry cannot be folded. It stops its projection, visibly, until an operator has mended it and says so; or it
 * is set aside and counted, until the views are built anew.
 */
export const poisonEntry: Scenario = {
  name: 'F9',
  title: 'an entry that cannot be folded: halted, resumed; set aside, rebuilt',
  rounds: { short: 1, long: 5 },
  run: async ({ stage, rounds, report }) => {
    let aside = 0;
    for (let round = 0; round < rounds; round++) {
      const begin = performance.now();
      await haltAndResume(stage);
      report(`  halted and resumed in ${((performance.now() - begin) / 1_000).toFixed(1)} s`);
      aside += await setAsideAndRebuild(stage);
    }
    const took = await stage.settle();
    return `${rounds} times halted and resumed; ${aside} leaves set aside and folded by a rebuild; ${took}`;
  },
};

async function haltAndResume(stage: Stage): Promise<void> {
  const mend = await poison(stage);
  for (const projector of projectors) stage.start(projector);
  await stage.allReady();
  await stage.underLoad(async () => {
    stage.doing = 'waiting for a projector to say that it stopped';
    await until(async () => (await Promise.all(projectors.map((one) => isReady(stage, one)))).includes(false));
    await mend();
    // Also when another partition of it stopped meanwhile.
    for (const projector of projectors) process.kill(stage.process(projector).pid, 'SIGHUP');
    stage.doing = 'waiting for projectors to go on';
    await until(async () => (await Promise.all(projectors.map((one) => isReady(stage, one)))).every(Boolean));
  });
  await stage.settle();
  const { counts } = await stage.views();
  if ([...counts.values()].some(({ quarantined }) => quarantined > 0)) throw new Error('something was set aside');
}

async function setAsideAndRebuild(stage: Stage): Promise<number> {
  const mend = await poison(stage);
  for (const projector of projectors) stage.start(projector, { NACHWEIS_POISON: 'quarantine' });
  await stage.allReady();
  stage.doing = 'waiting for what is set aside';
  const size = await stage.size('entries');
  await until(async () => {
    return (await settingAside(stage)).every(
      ({ folded, quarantined }) => folded + quarantined >= size && quarantined > 0,
    );
  });
  const aside = (await settingAside(stage)).reduce((sum, { quarantined }) => sum + quarantined, 0);
  await mend();
  for (const projector of projectors) await stage.restart(projector);
  stage.doing = 'building the views anew';
  await stage.cluster.cli('postgres', ['rebuild', 'start']);
  await stage.cluster.cli('postgres', ['rebuild', 'switch', '--accept', 'different', '--wait', '60']);
  return aside;
}

/** How far the projections are that set aside: one that needs the whole log in order waits for the entry. */
async function settingAside(stage: Stage) {
  const { counts } = await stage.views();
  return ofOrder('exchange', everyProjection).flatMap(({ name }) => counts.get(name) ?? []);
}

/** Ends the projectors, records a few entries and damages one of them in the vault. @returns mends it */
async function poison(stage: Stage): Promise<() => Promise<void>> {
  await stage.settle();
  await stage.end(...projectors);
  stage.doing = 'recording entries to be damaged';
  const fresh = new Set(await stage.clients.record(8));
  const victim = stage.clients.history.acknowledged.find(({ log, id }) => log === 'entries' && fresh.has(id));
  if (victim === undefined) throw new Error('none of the fresh entries is in entries');
  const { postgres, databases } = stage.cluster;
  // The same change twice is none.
  const flip = async (): Promise<void> => {
    await postgres.run(
      databases.vault,
      `UPDATE nachweis_vault.blocks SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)
       WHERE entry = '${victim.id}' AND block = 'terms'`,
    );
  };
  await flip();
  return flip;
}

async function isReady(stage: Stage, projector: (typeof projectors)[number]): Promise<boolean> {
  const url = await stage.process(projector).ready;
  const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
  await response.text();
  return response.ok;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patience;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`it did not come to that in ${patience} ms`);
    await sleep(100);
  }
}
