/** No batch that is sent or handled has more records than this. */
const largestBatch = 400;
/** Bytes of values and headers after which a batch takes no further record: 512 KiB. */
const fullBatch = 512 * 1024;

interface Sized {
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Cuts records into batches, in order: each has a record, and one that is too large for any batch has its own. */
export function inBatches<Rec extends Sized>(records: readonly Rec[]): Rec[][] {
  const batches: Rec[][] = [];
  let batch: Rec[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = sizeOf(record);
    if (batch.length > 0 && (batch.length === largestBatch || bytes + size > fullBatch)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

function sizeOf({ value, headers }: Sized): number {
  const texts = Object.entries(headers).reduce((sum, [name, text]) => sum + name.length + text.length, 0);
  return (value?.length ?? 0) + texts;
}
