import { randomUUID } from 'node:crypto';
import { isHidden, type Caller } from '#access';
import { validateEntry } from '#catalogue';
import { ledgerIssuer } from '#kernel';
import { prepareEntry, type Recorded } from '#recording';
import type { BlockName } from '#statement';
import type { Ledger } from '../ledger.js';
import type { ReadableEntry } from './entry-reader.js';

export interface Access {
  readonly caller: Caller;
  readonly purpose: string;
  readonly entry: Pick<ReadableEntry, 'leaf'>;
  readonly blocks: readonly BlockName[];
}

/** Records durably who looks at what and why. Until this has returned, nothing may be shown. */
export async function recordAccess(ledger: Ledger, { caller, purpose, entry, blocks }: Access): Promise<Recorded> {
  const { iss, jti } = entry.leaf.statement;
  return recordOwn(ledger, 'LedgerAccessed', {
    agency: caller.agency,
    role: caller.role,
    accessPurpose: purpose,
    actor: caller.subject,
    hiddenFromOwner: isHidden({ role: caller.role, purpose, released: false }),
    entry: jti,
    owner: iss,
    blocks: [...blocks],
  });
}

/** Records what the ledger itself does. */
export async function recordOwn(ledger: Ledger, type: string, data: Record<string, unknown>): Promise<Recorded> {
  const now = ledger.clock.now();
  const entry = validateEntry({ id: randomUUID(), type, occurredAt: now, data }, now);
  const [recorded] = await ledger.recorder.record([prepareEntry(entry, ledgerIssuer, 'ledger')]);
  if (recorded === undefined) throw new Error('the recorder answers every entry');
  return recorded;
}
