import { instantAt, type Clock } from '#kernel';

/** The machine's clock. The only place of the command line that reads it. */
export const systemClock: Clock = { now: () => instantAt(Date.now()) };
