import { HttpException } from '@nestjs/common';
import { StoreRefused, StoreUnavailable } from '#event-store';
import { DomainError, type Fault } from '#kernel';
import { VaultUnavailable } from '#vault';
import { problemTypes, type ProblemCode, type ProblemType, type RimCode } from './problem-table.js';

/** A problem document: RFC 9457 §3. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly Fault[];
}

/** A `no` that only HTTP knows. Its faults are written for callers, whatever the status. */
export class RimError extends Error {
  override readonly name = 'RimError';

  constructor(
    readonly code: RimCode,
    readonly faults: readonly Fault[] = [],
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/**
 * What a caller is told of an error. Only a domain error below 500 speaks for itself: messages of everything else may
 * quote a URL, a value or a path of the machine.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) return problem(error.code, error.message, error.faults);
  if (error instanceof RimError) return problem(error.code, undefined, error.faults);
  if (isAway(error)) return problem('store-unavailable');
  return problem(codeOfStatus(statusOf(error)));
}

/** A store that is refused is one nothing can be stored in or read from, until somebody has looked. */
const isAway = (error: unknown): boolean =>
  error instanceof StoreUnavailable || error instanceof StoreRefused || error instanceof VaultUnavailable;

export function problem(code: ProblemCode, detail?: string, faults: readonly Fault[] = []): Problem {
  const { status, title }: ProblemType = problemTypes[code];
  return {
    type: `urn:problem-type:nachweis:${code}`,
    title,
    status,
    code,
    detail: (status < 500 ? detail : undefined) ?? title,
    ...(faults.length > 0 && { errors: faults }),
  };
}

/** @returns seconds after which the caller may try again, where trying again can help */
export function retryAfterOf(code: ProblemCode): number | undefined {
  const { retryAfter }: ProblemType = problemTypes[code];
  return retryAfter;
}

/** Nest's exceptions and the errors of Fastify carry the status they stand for. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const isFastifys = typeof error === 'object' && error !== null && 'statusCode' in error;
  return isFastifys && typeof error.statusCode === 'number' ? error.statusCode : 500;
}

const codes: Readonly<Record<number, ProblemCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request-timeout',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'rate-limited',
  503: 'unavailable',
};

const codeOfStatus = (status: number): ProblemCode =>
  codes[status] ?? (status >= 400 && status < 500 ? 'malformed-request' : 'internal-error');
