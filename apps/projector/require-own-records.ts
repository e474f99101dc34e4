import { InvalidRecord, readLeafRecord, topics, type IncomingRecord, type RecordStream } from '#messaging';

const topic = 'ledger.entries.v1';

/**
 * Looks at the last record of every partition: of another ledger's stream nothing could ever be folded, and nobody
 * would see why. A foreign record among records of one's own is no reason: it is refused and counted where it is met.
 *
 * @throws Error when the stream is of another ledger
 * @throws StreamUnavailable
 */
export async function requireOwnRecords(stream: Pick<RecordStream, 'tail'>, origin: string): Promise<void> {
  let foreign: string | undefined;
  for (let partition = 0; partition < topics[topic].partitions; partition += 1) {
    const tail = await stream.tail(topic, partition);
    if (tail === null) continue;
    if (!isForeign(tail, origin)) return;
    foreign ??= `partition ${partition} of topic ${topic} ends with a record of another ledger than ${origin}`;
  }
  if (foreign !== undefined) throw new Error(foreign);
}

function isForeign(record: IncomingRecord, origin: string): boolean {
  try {
    readLeafRecord(record, { origin, log: 'entries' });
    return false;
  } catch (error) {
    if (!(error instanceof InvalidRecord)) throw error;
    return error.reason === 'other-origin';
  }
}
