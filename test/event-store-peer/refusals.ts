import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import type { Endpoint } from './options.js';

/** Errors as the server words them: the client tells them apart by the trailer `exception`. */
function refusal(code: status, details: string, trailers: Readonly<Record<string, string>> = {}): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const unavailable = (): ServiceError => refusal(status.UNAVAILABLE, 'Server Is Not Ready');
export const dropped = (): ServiceError => refusal(status.UNAVAILABLE, 'Connection dropped');
export const unauthenticated = (): ServiceError => refusal(status.UNAUTHENTICATED, 'Unauthenticated');
export const denied = (): ServiceError =>
  refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const notLeader = ({ host, port }: Endpoint): ServiceError =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const streamDeleted = (stream: string): ServiceError =>
  refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const appendTooLarge = (limit: number): ServiceError =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

export const diskFull = (): ServiceError => refusal(status.UNKNOWN, 'There is not enough space on the disk.');
export const writeFailed = (cause: unknown): ServiceError => refusal(status.UNKNOWN, String(cause));
