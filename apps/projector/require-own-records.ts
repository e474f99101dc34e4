import { InvalidRecord, readLeafRecord, TopicRefused, topics } from '#messaging';
import type { IncomingRecord, LeafSource, RecordFault, RecordStream } from '#messaging';

const topic = 'ledger.entries.v1';

/** With these at the end of every partition, all before them is of another ledger, or under another key. */
const foreign: Partial<Record<RecordFault, string>> = {
  'other-origin': 'of another ledger',
  'mac-missing': 'that nobody vouches for',
  'mac-lies': 'published under another partition key than that of NACHWEIS_KEYS',
};

/**
 * Looks at the last record of every partition: of another ledger's stream nothing could ever be folded, nor of one whose
 * relay has another key, and nobody would see why. A foreign record among records of one's own is no reason: it is
 * refused and counted where it is met.
 *
 * @throws TopicRefused when the stream is of another ledger or another key
 * @throws StreamUnavailable
 */
export async function requireOwnRecords(
  stream: Pick<RecordStream, 'tail'>,
  { origin, mac }: Pick<LeafSource, 'origin' | 'mac'>,
): Promise<void> {
  let found: string | undefined;
  for (let partition = 0; partition < topics[topic].partitions; partition += 1) {
    const tail = await stream.tail(topic, partition);
    if (tail === null) continue;
    const what = foreignness(tail, { origin, log: 'entries', partition, mac });
    if (what === undefined) return;
    found ??= `partition ${partition} of topic ${topic} ends with a record ${what}: this ledger is ${origin}`;
  }
  if (found !== undefined) throw new TopicRefused(found);
}

function foreignness(record: IncomingRecord, source: LeafSource): string | undefined {
  try {
    readLeafRecord(record, source);
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidRecord)) throw error;
    return foreign[error.reason];
  }
}
