import { performance } from 'node:perf_hooks';
import { jest } from '@jest/globals';
import { logNames } from '#kernel';
import { RunningLedger } from '../../test/support/running-ledger.js';
import { haltedAfter, recordingHealth } from './recording-health.js';

const patience = haltedAfter(1_000);

interface Signs {
  readonly standstill?: number;
  readonly sinceCovered?: number;
  readonly damage?: Error;
}

/** The names of what is not well, where `entries` shows these signs. */
async function unwell({ standstill = 0, sinceCovered = 0, damage }: Signs): Promise<string[]> {
  const sequencer = (ms: number, failure?: Error) => ({
    standstill: ms,
    requireSound: async () => {
      if (failure) throw failure;
    },
  });
  const parts = {
    sequencers: { entries: sequencer(standstill, damage), registry: sequencer(0) },
    figures: { sinceCovered: (log: string) => (log === 'entries' ? sinceCovered : 0) },
  };
  const checks = recordingHealth(parts as unknown as Parameters<typeof recordingHealth>[0], 1_000).map(
    async ({ name, check }) => {
      try {
        await check();
        return [];
      } catch {
        return [name];
      }
    },
  );
  return (await Promise.all(checks)).flat();
}

describe('Recording', () => {
  it('has come to a halt after ten intervals, and never before 30 seconds', () => {
    expect([10, 1_000, 3_000, 3_001, 60_000].map(haltedAfter)).toEqual([30_000, 30_000, 30_000, 30_010, 600_000]);
  });

  it.each<[string, Signs, string[]]>([
    ['nothing waits and the checkpoint is new', {}, []],
    ['somebody waits as long as is borne', { standstill: patience, sinceCovered: patience }, []],
    ['nobody is answered any more', { standstill: patience + 1 }, ['entries-sequencer']],
    ['the log contradicts what was seen of it', { damage: new Error('a gap') }, ['entries-sequencer']],
    ['no checkpoint follows the log', { sinceCovered: patience + 1 }, ['entries-checkpoint']],
  ])('where %s: %s', async (_, signs, names) => {
    expect(await unwell(signs)).toEqual(names);
  });
});

describe('A ledger that publishes no checkpoint', () => {
  it('says so at /health/ready, and is well again with the next one', async () => {
    const ledger = await RunningLedger.start({ environment: { NACHWEIS_CHECKPOINT_INTERVAL_MS: '60000' } });
    const anybody = ledger.bearing(undefined);
    const real = performance.now.bind(performance);
    try {
      expect((await anybody.get('/health/ready')).status).toBe(200);
      const later = jest.spyOn(performance, 'now').mockImplementation(() => real() + haltedAfter(60_000));
      const answer = await anybody.get('/health/ready');
      expect(answer.status).toBe(503);
      expect(answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)).toEqual(
        logNames.map((log) => `/${log}-checkpoint`),
      );
      expect((await anybody.get('/health/live')).status).toBe(200);
      later.mockRestore();
      expect((await anybody.get('/health/ready')).status).toBe(200);
    } finally {
      jest.restoreAllMocks();
      await ledger.remove();
    }
  });
});
