import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantAt } from '#kernel';
import { readConfig } from '#platform';
import { openEmbeddedLedger } from './embedded-ledger.js';
import { projectHere } from './projections/projections.js';

const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
const clock = { now: () => instantAt(Date.UTC(2026, 10, 22)) };
const alarms: string[] = [];
const report = { progress: () => {}, alarm: (what: string) => void alarms.push(what) };
const config = readConfig({ NACHWEIS_DATA: directory, NACHWEIS_CHECKPOINT_INTERVAL_MS: '10' });

afterAll(() => rmSync(directory, { recursive: true, force: true }));

it('A ledger whose start fails late leaves nothing open: it can be started again in the same process', async () => {
  const starting = openEmbeddedLedger(config, clock, report, {
    startProjections: async () => {
      throw new Error('no thread could be started');
    },
  });
  await expect(starting).rejects.toThrow('no thread could be started');
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
  const ledger = await openEmbeddedLedger(config, clock, report, { startProjections: projectHere });
  expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeGreaterThan(timers.length);
  await ledger.close();
  expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')).toEqual(timers);
  expect(alarms).toEqual([]);
});
