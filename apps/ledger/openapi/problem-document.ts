import { count, Always, Sometimes, text } from './values.js';

export class FaultDescription {
  @Always(
    { ...text, examples: ['/data/items/0/dataCategory'] },
    'RFC 6901 pointer to what is at fault; empty for the whole. A header or a parameter is named like a member of the request: `/Access-Purpose`, `/limit`.',
  )
  readonly pointer: string;

  @Always(text, 'What is wrong with it, for people. Never repeats the value that was sent.')
  readonly detail: string;

  @Sometimes({ ...count, minimum: 1 }, '1-based line, where the fault is one of a batch.')
  readonly line?: number;
}

/** RFC 9457 §3. */
export class ProblemDocument {
  @Always({ ...text, format: 'uri' }, '`urn:problem-type:nachweis:<code>`')
  readonly type: string;

  @Always(text, 'What the code means, in a few words.')
  readonly title: string;

  @Always({ type: 'integer', minimum: 400, maximum: 599 }, 'The status of the answer.')
  readonly status: number;

  @Always(text, 'Stable: what callers branch on. A code is never reused with another meaning.')
  readonly code: string;

  @Always(text, 'What happened this time, for people.')
  readonly detail: string;

  @Sometimes({ type: [FaultDescription] }, 'Every fault that was found, where the request itself is at fault.')
  readonly errors?: readonly FaultDescription[];
}
