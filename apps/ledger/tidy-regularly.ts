import { instantAt, millisecondsOf, type Clock, type Instant, type Pause } from '#kernel';

const hour = 60 * 60 * 1000;

/** What {@link tidyRegularly} works with. */
export interface Tidying {
  readonly clock: Clock;
  readonly pause: Pause;
  /** Destroys what was over at this moment. */
  tidy(over: Instant): Promise<void>;
  /** Told of what could not be destroyed; an hour later it is tried again. */
  troubled(what: string, error: unknown): void;
}

/**
 * Destroys what is past its days in a ledger that runs for months, too: every hour what has been over for an hour, so
 * that nobody is still at it.
 *
 * @returns what stops it, and waits for what it is at
 */
export function tidyRegularly({ clock, pause, tidy, troubled }: Tidying): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const untilStopped = async (): Promise<void> => {
    await pause(hour, signal);
    while (!signal.aborted) {
      try {
        await tidy(instantAt(millisecondsOf(clock.now()) - hour));
      } catch (error) {
        troubled('what is past its days could not be destroyed', error);
      }
      await pause(hour, signal);
    }
  };
  const tidying = untilStopped();
  return async () => {
    stopping.abort();
    await tidying;
  };
}
