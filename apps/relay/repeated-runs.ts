import { RelayRefused } from './relay-refused.js';

/** How the runs of a relay are doing. */
export interface RunState {
  readonly status: 'starting' | 'running' | 'resting' | 'refused' | 'stopped';
  /** why the last run ended; null when it did not fail */
  readonly failure: unknown;
}

export interface RunParts {
  /** One run, from opening everything anew to closing it. `begun` says that it got so far as to relay. */
  run(signal: AbortSignal, begun: () => void): Promise<void>;
  /** Waits, at most until the signal aborts. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  changed(state: RunState): void;
  /** what no further run can mend, beside {@link RelayRefused} */
  isFinal?(error: unknown): boolean;
}

const shortestPause = 250;
const longestPause = 10_000;

/**
 * Begins run after run until the signal aborts: nothing of a run that failed is used again.
 *
 * @throws whatever no further run can mend
 */
export async function repeatedRuns(parts: RunParts, signal: AbortSignal): Promise<void> {
  const { run, pause, changed, isFinal = () => false } = parts;
  for (let failures = 0; !signal.aborted;) {
    try {
      await run(signal, () => {
        failures = 0;
        changed({ status: 'running', failure: null });
      });
    } catch (failure) {
      if (failure instanceof RelayRefused || isFinal(failure)) {
        changed({ status: 'refused', failure });
        throw failure;
      }
      changed({ status: 'resting', failure });
      await pause(Math.min(shortestPause * 2 ** failures, longestPause), signal);
      failures += 1;
    }
  }
  changed({ status: 'stopped', failure: null });
}
