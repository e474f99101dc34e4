import type { ProjectionState } from '#compliance';
import type { EntryId, TreeSize } from '#kernel';

/** What the thread of the projections is asked. */
export type Question =
  | { readonly number: number; readonly ask: 'reached'; readonly size: TreeSize }
  | { readonly number: number; readonly ask: 'erase'; readonly ids: readonly EntryId[] }
  | { readonly number: number; readonly ask: 'stop' };

/** What it says: the answer to a question, or how its projections are doing. */
export type Message =
  { readonly number: number; readonly failed?: string } | { readonly states: readonly ProjectionState[] };
