import type { LogName, TreeSize } from '#kernel';
import type { StoredRecord } from '#event-store';

/** The log, what is derived from it and the tree heads signed before do not fit each other. A person has to look first. */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged';
  readonly isForeign = true;
}

/** @throws LogDamaged when the records are not the leaves `from`, `from + 1`, … */
export function requireGapless(log: LogName, from: TreeSize, records: readonly StoredRecord[]): void {
  if (records.some(({ index }, i) => index !== from + i)) throw new LogDamaged(`${log} has a gap after leaf ${from}`);
}
