/** The two logs of a ledger: `entries`, one endless stream, and `registry`, never pruned and free of persons. */
export const logNames = ['entries', 'registry'] as const;
export type LogName = (typeof logNames)[number];

export const isLogName = (value: unknown): value is LogName => logNames.some((name) => name === value);
