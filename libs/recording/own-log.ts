import type { EventStore } from '#event-store';
import { leafIndex, type LogName } from '#kernel';
import { InvalidNote, parseTreeHead } from '#transparency';
import { LogDamaged } from './log-damaged.js';

/**
 * Looks whose log it is, as far as its first tree head tells. To be asked before anything of it is taken over.
 *
 * @param origin of the ledger
 * @throws LogDamaged when it is another ledger's
 */
export async function requireOwnLog(store: Pick<EventStore, 'read'>, log: LogName, origin: string): Promise<void> {
  const [first] = await store.read(`${log}.checkpoints`, leafIndex(0), 1);
  if (first === undefined) return;
  const found = ownerOf(first.bytes);
  if (found !== `${origin}/${log}`) throw new LogDamaged(`this log is ${found}, not ${origin}/${log}`);
}

function ownerOf(head: Buffer): string {
  try {
    return parseTreeHead(head.toString('utf8')).origin;
  } catch (error) {
    if (!(error instanceof InvalidNote)) throw error;
    return 'nobody’s: its first tree head cannot be read';
  }
}
