import type { EventStore } from '#event-store';
import { leafIndex, type LogName } from '#kernel';
import { InvalidNote, parseTreeHead } from '#transparency';
import { RelayRefused } from './relay-refused.js';

/**
 * Every record says whose log it is of, so the name must be right before the first one goes out. The log itself knows
 * it: from the tree heads that were signed for it.
 *
 * @throws RelayRefused when the log is another ledger's
 */
export async function requireOrigin(store: Pick<EventStore, 'read'>, log: LogName, origin: string): Promise<void> {
  const [first] = await store.read(`${log}.checkpoints`, leafIndex(0), 1);
  if (first === undefined) return;
  const found = originOf(first.bytes);
  if (found !== `${origin}/${log}`) throw new RelayRefused(`the log is ${found}, not ${origin}/${log}`);
}

function originOf(head: Buffer): string {
  try {
    return parseTreeHead(head.toString('utf8')).origin;
  } catch (error) {
    if (!(error instanceof InvalidNote)) throw error;
    return 'of nobody: its first tree head cannot be read';
  }
}
