import type { JsonObject } from '#statement';
import { quickExamples } from '../../apps/ledger/openapi/quick-entries.js';
import type { Answer, Caller } from '../support/caller.js';
import { freshId } from './sample-entries.js';

/** An entry that a quick entry became. */
interface Row {
  readonly id: string;
  readonly receipt: string;
  readonly entry: { readonly id: string; readonly type: string; readonly exchange: string; readonly data: JsonObject };
}

export const quick = (by: Caller, body: unknown): Promise<Answer> => by.post('/v1/quick-entries', body);

export const rowsOf = (answer: Answer): readonly Row[] => answer.json<{ readonly entries: readonly Row[] }>().entries;

/** What the API documentation shows, under a fresh id. */
export const example = (name: keyof typeof quickExamples, changes: object = {}): JsonObject => ({
  ...quickExamples[name],
  id: freshId(),
  ...changes,
});

export const invalid = (...pointers: readonly string[]) => ({ status: 422, code: 'invalid-body', pointers });
