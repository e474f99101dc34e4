import { DatabaseSync } from 'node:sqlite';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { MemoryEventStore } from '#event-store/memory';
import type { StreamName } from '#event-store';
import { leafIndex, type TreeSize } from '#kernel';
import { inSpan, Metrics, RecordingFigures, startTracing, traceparentOf } from '#platform';
import { Register, Sequencer, type PreparedEntry } from '#recording';
import { MemoryVault } from '../compliance/testing/memory-vault.js';
import { admission, clinic, now, operation, police, youthOffice } from '../recording/testing/entries.js';

const admissions = [police, youthOffice, clinic].map((agency, number) => admission(9_000_000 + number, agency));
const submissions = Array.from({ length: 12 }, (_, number) => [operation(number * 2 + 1), operation(number * 2 + 2)]);

/** A store that notes the trace contexts it is given. */
class NotingStore extends MemoryEventStore {
  readonly traceparents: (string | undefined)[] = [];

  override append(
    stream: StreamName,
    expected: TreeSize,
    records: readonly Uint8Array[],
    traceparents?: readonly (string | undefined)[],
  ) {
    if (stream === 'entries') this.traceparents.push(...(traceparents ?? records.map(() => undefined)));
    return super.append(stream, expected, records);
  }
}

/** Records the same prepared entries, each submission in a request of its own. */
async function recorded(watch?: RecordingFigures) {
  const store = new NotingStore();
  const register = new Register(new DatabaseSync(':memory:'));
  const vault = Object.assign(Object.create(null), new MemoryVault(), {
    store: async () => undefined,
  }) as never;
  const parts = {
    store,
    vault,
    register,
    clock: { now: () => now },
    queueLimit: 1_000,
    ...(watch && { watch }),
  };
  await new Sequencer({ log: 'registry', ...parts }).submit(admissions);
  const sequencer = new Sequencer({ log: 'entries', ...parts });
  const submit = (entries: readonly PreparedEntry[]): Promise<string | undefined> =>
    inSpan('projector fold', {}, async () => {
      const traceparent = traceparentOf();
      await sequencer.submit(entries);
      expect(traceparentOf()).toBe(traceparent);
      return traceparent;
    });
  const asked = await Promise.all(submissions.map(submit));
  const leaves = await store.read('entries', leafIndex(0), 400);
  return {
    leaves: leaves.map(({ bytes }) => bytes.toString('utf8')),
    traceparents: store.traceparents,
    asked,
  };
}

async function traced<Result>(sampling: number, work: () => Promise<Result>): Promise<[Result, ReadableSpan[]]> {
  const collector = new InMemorySpanExporter();
  const spans: ReadableSpan[] = [];
  collector.shutdown = async () => void spans.push(...collector.getFinishedSpans());
  const tracing = startTracing({ service: 'nachweis-test', otlp: undefined, sampling }, collector);
  try {
    return [await work(), spans];
  } finally {
    await tracing.stop();
  }
}

describe('what is recorded', () => {
  it('is the same, byte for byte, whether traces are sent, not sent, or not begun', async () => {
    const without = await recorded();
    expect(without.leaves).toHaveLength(24);
    for (const sampling of [0, 0.5, 1]) {
      const [watched] = await traced(sampling, () => recorded(new RecordingFigures(new Metrics())));
      expect(watched.leaves).toEqual(without.leaves);
      // Every entry, sampled or not, is kept with the trace of its own request, not with that of its batch.
      expect(watched.traceparents).toEqual(watched.asked.flatMap((traceparent) => [traceparent, traceparent]));
      expect(new Set(watched.traceparents).size).toBe(12);
      for (const leaf of watched.leaves) expect(leaf).not.toContain(watched.traceparents[0]?.slice(3, 35));
    }
  });

  it('is seen as batches that belong to no single request, linked to all of theirs, and in the figures', async () => {
    const metrics = new Metrics();
    const [{ asked }, spans] = await traced(1, () => recorded(new RecordingFigures(metrics)));
    const batches = spans.filter(
      ({ name, attributes }) => name === 'sequence batch' && attributes['nachweis.log'] === 'entries',
    );
    const linked = batches.flatMap(({ links }) => links.map(({ context }) => context.traceId));
    expect(new Set(linked)).toEqual(new Set(asked.map((traceparent) => traceparent?.slice(3, 35))));
    expect(linked).toHaveLength(asked.length);
    for (const batch of batches) expect(batch.parentSpanContext).toBeUndefined();
    const text = await metrics.text();
    expect(text).toContain('nachweis_entries_recorded_total{log="entries"} 24');
    expect(text).toContain('nachweis_sequencer_batch_entries_sum{log="registry"} 3');
    expect(text).toMatch(/nachweis_sequencer_appends_total\{log="entries",outcome="stored"\} [1-9]/);
    expect(text).toMatch(/nachweis_checkpoint_age_seconds\{log="entries"\} \d/);
  });
});
