import { execFile } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { skipping, type Scenario, type Trial } from './scenario.js';
import { ledgers, type Stage } from './stage.js';

/** F6: a disk is full. Nothing that was refused is there, and everything goes on when there is space. */
export const fullDisks: Scenario = {
  name: 'F6',
  title: 'full disks of the event store and of PostgreSQL',
  rounds: { short: 1, long: 5 },
  run: async (trial) => {
    const { stage, rounds, isShort } = trial;
    let [refused, rows] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      refused += await fullEventStore(stage);
      rows += await fullPostgres(trial, isShort ? 1_500 : 10_000);
    }
    skipping(trial, 'a full disk of a broker', 'it ends itself then, as in F3 and F14');
    const took = await stage.settle();
    return `${refused} refusals by a full event store, ${rows} by a full PostgreSQL; ${took}`;
  },
};

async function fullEventStore(stage: Stage): Promise<number> {
  const { cluster, clients } = stage;
  await cluster.eventStore.fault({ at: 'append', what: 'disk-full', times: 1_000 });
  let refused = 0;
  for (const ledger of ledgers) {
    const outcome = await clients.sendTo(stage.url(ledger));
    if (outcome === 'ok') throw new Error(`${ledger} acknowledged what a full store could not keep`);
    refused += 1;
  }
  await cluster.eventStore.clearFaults();
  return refused;
}

/** The tables of blocks and of rows are moved to a small disk that is then filled. @returns how often was refused */
async function fullPostgres(trial: Trial, milliseconds: number): Promise<number> {
  const { stage } = trial;
  const { postgres, databases } = stage.cluster;
  const disk = await smallDisk(postgres.pid).catch((error: unknown) => {
    skipping(trial, 'a full disk of PostgreSQL', `no small disk can be mounted: ${String(error).slice(0, 80)}`);
    return null;
  });
  if (disk === null) return 0;
  const { generation } = await stage.views();
  const tables = [
    [databases.vault, 'nachweis_vault.blocks'],
    [databases.views, `views_${generation}.recorded_entry`],
  ] as const;
  const before = stage.clients.outcomes.fail;
  try {
    await postgres.run('postgres', `CREATE TABLESPACE small LOCATION '${disk.folder}'`);
    for (const [database, table] of tables) await postgres.run(database, `ALTER TABLE ${table} SET TABLESPACE small`);
    await stage.underLoad(async () => {
      stage.doing = 'filling the disk of PostgreSQL';
      disk.fill();
      await sleep(milliseconds);
      disk.empty();
      await sleep(200);
    });
  } finally {
    disk.empty();
    for (const [database, table] of tables)
      await postgres.run(database, `ALTER TABLE ${table} SET TABLESPACE pg_default`);
    // Emptied files go with the next checkpoint.
    await postgres.run('postgres', 'CHECKPOINT');
    await postgres.run('postgres', 'DROP TABLESPACE small');
    await disk.remove();
  }
  return stage.clients.outcomes.fail - before;
}

async function smallDisk(postmaster: number) {
  const mounted = mkdtempSync(join(tmpdir(), 'nachweis-small-'));
  const run = promisify(execFile);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', mounted]);
  } catch (error) {
    rmSync(mounted, { recursive: true });
    throw error;
  }
  const folder = join(mounted, 'tables');
  const filler = join(mounted, 'filler');
  mkdirSync(folder);
  const { uid, gid } = statSync(`/proc/${postmaster}`);
  chownSync(folder, uid, gid);
  return {
    folder,
    fill: () => {
      try {
        for (const block = Buffer.alloc(65_536); ;) writeFileSync(filler, block, { flag: 'a' });
      } catch {
        // Full is what it should be.
      }
    },
    empty: () => rmSync(filler, { force: true }),
    remove: async () => {
      // The server may keep files open that it has no use for any more.
      await run('umount', ['--lazy', mounted]);
      rmSync(mounted, { recursive: true });
    },
  };
}
