import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RunningLedger } from '../support/running-ledger.js';
import { entryTypes } from '#catalogue';

const blocksIn = (directory: string): unknown => {
  const vault = new DatabaseSync(join(directory, 'vault.sqlite'));
  const row = vault.prepare('SELECT count(*) AS blocks FROM blocks WHERE sealed IS NOT NULL').get();
  vault.close();
  return row?.['blocks'];
};

describe('A ledger whose log was restored from an older backup', () => {
  test('refuses to start, and destroys nothing of what the older log does not know', async () => {
    const running = await RunningLedger.start();
    try {
      const { directory } = running;
      const log = join(directory, 'log.sqlite');
      const backup = join(directory, 'backup');
      await running.admit('police.example', 'youth-office.example');
      await running.close();
      copyFileSync(log, backup);
      await running.open();
      const officer = await running.as('agency', 'police.example');
      expect((await officer.record(entryTypes.get('InformationRequested')?.example)).status).toBe(201);
      await running.advance();
      await running.close();
      const kept = blocksIn(directory);
      expect(kept).toBeGreaterThan(3);

      copyFileSync(backup, log);
      for (const file of ['log.sqlite-wal', 'log.sqlite-shm', 'register.sqlite', 'register.sqlite-wal']) {
        rmSync(join(directory, file), { force: true });
      }
      await expect(running.open()).rejects.toThrow('leaves');
      expect(blocksIn(directory)).toBe(kept);
    } finally {
      await running.remove();
    }
  });
});
