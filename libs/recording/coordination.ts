import type { EntryId, LogName } from '#kernel';

/**
 * What ledgers that record in the same logs agree on beside the logs. The fence between them is the expected revision
 * alone: losing this costs speed, never an entry; only `claim` is needed for the truth.
 */
export abstract class Coordination {
  /**
   * Runs work while no other ledger sequences this log, as far as that can be had: nobody waits long for a ledger that
   * hangs. What the work rejects with is passed on.
   *
   * @param work is told whether another ledger may have appended since this one's last turn
   */
  abstract inTurn<Result>(log: LogName, work: (moved: boolean) => Promise<Result>): Promise<Result>;

  /**
   * Reserves ids for one log, for ever: an id is unique in both logs together, whose appends nothing else fences
   * against each other. Reserving again is free.
   *
   * @returns the ids that belong to the other log
   * @throws Error when it cannot be known; nothing may be appended then
   */
  abstract claim(log: LogName, ids: readonly EntryId[]): Promise<ReadonlySet<EntryId>>;

  abstract close(): Promise<void>;
}

/** For a ledger that is alone on its logs: its register already keeps an id from entering both. */
export const alone = {
  inTurn: (_log, work) => work(false),
  claim: async () => new Set(),
  close: async () => {},
} satisfies Coordination;
