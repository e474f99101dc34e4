import { setTimeout } from 'node:timers/promises';

/** Waits so many milliseconds, or less when the signal aborts. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

const first = 50;
const longest = 5_000;

/** Milliseconds to wait after so many failures in a row. */
export const backOff = (failures: number): number => Math.min(longest, first * 2 ** Math.min(failures, 20));

export const realPause: Pause = async (milliseconds, signal) => {
  // Aborting is one of the two ways to end a pause, not a failure.
  await setTimeout(milliseconds, undefined, { signal }).catch(() => {});
};
