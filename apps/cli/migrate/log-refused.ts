import type { StreamName } from '#event-store';

/** Which of several stores is meant. */
export type Place = 'source' | 'target' | 'backup';

/** A log is not whole, not what was signed, or not the one it has to be. Says where; a person has to look first. */
export class LogRefused extends Error {
  override readonly name = 'LogRefused';

  /** @param index of the record in the stream; the size of the stream where a record is missing */
  constructor(
    readonly place: Place,
    readonly stream: StreamName,
    readonly index: number,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`${place}, ${stream}/${index}: ${what}`, options);
  }
}
