import type { EntryId } from '#kernel';
import { parseDisclosure, parseLeaf, type JsonObject } from '#statement';
import type { RunningLedger } from '../support/running-ledger.js';

export interface LastEntry {
  readonly id: EntryId;
  readonly issuer: string;
  readonly terms: JsonObject;
}

/** What was recorded last, as it lies in log and vault: whoever asks over HTTP would leave a trace. */
export async function lastEntries({ ledger }: RunningLedger, count: number): Promise<readonly LastEntry[]> {
  const { store, vault } = ledger;
  const size = await store.size('entries');
  const records = await store.read('entries', (size - count) as never, count);
  const statements = records.map(({ bytes }) => parseLeaf(bytes).statement);
  const opened = await vault.open(statements.map(({ jti }) => jti));
  return statements.map(({ jti: id, iss: issuer }) => {
    const terms = opened.get(id)?.find(({ block }) => block === 'terms');
    return { id, issuer, terms: terms && 'encoded' in terms ? parseDisclosure(terms.encoded).value : {} };
  });
}
