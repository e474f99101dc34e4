import type { RecordFault } from '#messaging';

/** Why a record was not folded: what is wrong with it, or that it is at odds with the leaves before it. */
export type Refusal = RecordFault | 'contradicting';

/** What is about to be folded in one transaction. */
export interface FoldedBatch {
  readonly partition: number;
  readonly projections: readonly string[];
  readonly leaves: number;
  /** W3C trace contexts the leaves came with; advisory */
  readonly traceparents: readonly string[];
}

/** Hears of what folding does, for figures and traces. */
export interface FoldObserver {
  folded(projection: string, leaves: number): void;
  quarantined(projection: string, leaves: number): void;
  /** leaves that are in the rows already */
  repeated(projection: string, leaves: number): void;
  refused(why: Refusal, records: number): void;
  /** Runs the work of a batch. */
  during(batch: FoldedBatch, work: () => Promise<void>): Promise<void>;
  /** what the stream got over by itself, batches that began again among it */
  troubled(error: unknown): void;
}

export const unobserved: FoldObserver = {
  folded() {},
  quarantined() {},
  repeated() {},
  refused() {},
  during: (_, work) => work(),
  troubled() {},
};
