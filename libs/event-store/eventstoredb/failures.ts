import { ErrorType } from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';
import { StoreUnavailable, WrongExpectedRevision } from '../event-store.js';
import { StoreRefused } from '../store-refused.js';

/** What an error of the client says about the call. */
export type Failure = 'not-leader' | 'not-found' | 'deleted' | 'denied' | 'unreached' | 'other';

const unreached: readonly unknown[] = [status.UNAVAILABLE, status.ABORTED, status.CANCELLED];
const denied: readonly unknown[] = [status.UNAUTHENTICATED, status.PERMISSION_DENIED];

// Some errors of the client have a type, some only the code of gRPC.
export function failureOf(error: unknown): Failure {
  const type = propertyOf(error, 'type');
  const code = propertyOf(error, 'code');
  if (type === ErrorType.NOT_LEADER) return 'not-leader';
  if (type === ErrorType.STREAM_NOT_FOUND) return 'not-found';
  if (type === ErrorType.STREAM_DELETED) return 'deleted';
  if (type === ErrorType.ACCESS_DENIED || denied.includes(code)) return 'denied';
  return unreached.includes(code) ? 'unreached' : 'other';
}

export const propertyOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

export function messageOf(error: unknown): string {
  const message = propertyOf(error, 'message');
  return typeof message === 'string' ? message : String(error);
}

/** The error as the port knows it: what is refused or already said stays as it is. */
export function asStoreError(error: unknown, hosts: string): Error {
  if (error instanceof StoreUnavailable || error instanceof StoreRefused || error instanceof WrongExpectedRevision)
    return error;
  return new StoreUnavailable(`the event store at ${hosts} did not answer: ${messageOf(error)}`, { cause: error });
}

export const streamDeleted = (name: string, cause?: unknown): StoreRefused =>
  new StoreRefused('deleted', `stream ${name} of the event store was deleted`, { cause });
