import { isNativeError } from 'node:util/types';
import { StoreUnavailable } from '#event-store';
import { VaultUnavailable } from '#vault';
import { PositionMoved } from './saved-positions.js';
import type { Views } from './views.js';

const shortest = 100;
const longest = 10_000;

/** True for failures that pass by themselves. Every other one is the entry's, and no retry will change it. */
export const isTransient = (error: unknown, views: Views): boolean =>
  error instanceof StoreUnavailable ||
  error instanceof VaultUnavailable ||
  error instanceof PositionMoved ||
  views.isTransient(error);

/** @param failures in a row so far, from 1; the pause doubles with each, up to ten seconds */
export const pauseAfter = (failures: number): number => Math.min(longest, shortest * 2 ** (failures - 1));

/** Name of a failure, and its code where it has one. The message is left out: it may repeat content. */
export function failureCode(error: unknown): string {
  if (!isNativeError(error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
