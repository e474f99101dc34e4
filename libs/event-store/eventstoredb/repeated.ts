import type { Pause } from '#kernel';
import { backOff } from './back-off.js';
import type { Connection } from './connection.js';
import { asStoreError, failureOf, type Failure } from './failures.js';

/** How often a call is made that certainly did nothing, or may be made twice. */
const attempts = 4;

export interface RepeatingParts {
  readonly pause: Pause;
  /** hears what made a call be repeated */
  readonly troubled: (trouble: Error) => void;
}

/** Makes a call again after failures of the given kinds. After `not-leader` the client talks to the leader. */
export async function repeated<Answer>(
  { pause, troubled }: RepeatingParts,
  connection: Connection,
  repeatable: readonly Failure[],
  call: (connection: Connection) => Promise<Answer>,
): Promise<Answer> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await call(connection);
    } catch (error) {
      if (failures + 1 >= attempts || !repeatable.includes(failureOf(error))) throw error;
      troubled(asStoreError(error, connection.hosts));
      await pause(backOff(failures), connection.closing);
    }
  }
}
