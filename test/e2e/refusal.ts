import type { Answer, ProblemAnswer } from '../support/caller.js';
import type { RunningLedger } from '../support/running-ledger.js';

/** How a request must be refused. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  /** of every fault the answer names, in order; none: it names none */
  readonly pointers?: readonly string[];
  /** of every fault, in a batch */
  readonly line?: number;
}

/** Somebody nobody else is called like: no answer may repeat it. */
export const planted = 'Erika-Musterfrau-1974';

/**
 * Sends something bad and checks that it is refused as it must be: with a problem document of a stable code that says
 * where, that repeats nothing of what was sent, and without anything being stored.
 */
export async function refused(
  running: RunningLedger,
  send: () => Promise<Answer>,
  { status, code, pointers = [], line }: Refusal,
): Promise<Answer> {
  const before = await running.holdings();
  const answer = await send();
  if (answer.status === 500) throw new Error(`the ledger failed: ${running.logged.at(-1) ?? ''}`);
  const { errors = [], ...problem } = answer.json<ProblemAnswer>();
  expect({ ...problem, errors: errors.map(({ detail: _, ...where }) => where) }).toEqual({
    type: `urn:problem-type:nachweis:${code}`,
    title: expect.any(String),
    detail: expect.any(String),
    status,
    code,
    errors: pointers.map((pointer) => ({ pointer, ...(line !== undefined && { line }) })),
  });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.text).not.toMatch(new RegExp(planted, 'i'));
  expect(await running.holdings()).toEqual(before);
  return answer;
}
