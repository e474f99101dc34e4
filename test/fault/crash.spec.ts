import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crashRounds } from './crash.js';

/** The long form, `npm run test:fault`, takes another seed each time. */
const seed = 20_261_122;

describe('a ledger that is killed again and again under load', () => {
  it(`keeps every promise it made (seed ${seed})`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nachweis-fault-'));
    const lines: string[] = [];
    try {
      const { kills, leaves, acknowledged } = await crashRounds({
        rounds: 3,
        seed,
        folder,
        report: (line) => lines.push(line),
      });
      expect(kills).toBeGreaterThanOrEqual(3);
      expect(acknowledged).toBeGreaterThan(100);
      expect(leaves).toBeGreaterThanOrEqual(acknowledged);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
