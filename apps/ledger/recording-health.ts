import { logNames } from '#kernel';
import type { HealthIndicator, RecordingFigures } from '#platform';
import type { Ledger } from './ledger.js';

const shortest = 30_000;

/** Milliseconds without a checkpoint, or without an answer to those who wait, after which recording has come to a halt. */
export const haltedAfter = (checkpointInterval: number): number => Math.max(10 * checkpointInterval, shortest);

/**
 * Whether both logs go on: whoever waits to be recorded is answered, and checkpoints keep up with what was recorded. A
 * store that answers says nothing of either.
 */
export function recordingHealth(
  { sequencers, figures }: Pick<Ledger, 'sequencers'> & { readonly figures: Pick<RecordingFigures, 'sinceCovered'> },
  checkpointInterval: number,
): readonly HealthIndicator[] {
  const patience = haltedAfter(checkpointInterval);
  return logNames.flatMap((log) => [
    {
      name: `${log}-sequencer`,
      check: async () => {
        const { standstill } = sequencers[log];
        if (standstill > patience) throw new Error(`nobody was answered for ${standstill} ms`);
        await sequencers[log].requireSound();
      },
    },
    {
      name: `${log}-checkpoint`,
      check: async () => {
        const behind = figures.sinceCovered(log);
        if (behind > patience) throw new Error(`no checkpoint was published for ${behind} ms`);
      },
    },
  ]);
}
