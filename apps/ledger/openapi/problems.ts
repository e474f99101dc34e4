import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { problem, problemMediaType, problemTypes, retryAfterOf, type ProblemCode } from '#platform';
import { ProblemDocument } from './problem-document.js';
import { oneOf } from './values.js';

/** What each code means for one operation. */
export type Problems = Readonly<Partial<Record<ProblemCode, string>>>;

type Responses = NonNullable<OpenAPIObject['paths'][string]['get']>['responses'];

/** What every operation can answer that wants a token. */
export const ofEveryCaller: Problems = {
  unauthenticated: 'the request bears no token, or one that is expired, not meant for this ledger or not authentic',
  'agency-suspended': 'an `AgencySuspended` holds for the body of the token at present',
  'issuer-unavailable': 'the keys of the token issuer cannot be fetched at the moment',
  'internal-error': 'a failure of the ledger, which is reported to its operator; a write may be sent again unchanged',
};

/** What a body can have wrong before its content is looked at. */
export const unreadableBody: Problems = {
  'malformed-json':
    'not UTF-8, a name twice in an object, a number that is no plain integer within ±(2^53 − 1), a lone surrogate or U+0000, or more than 32 levels deep',
  'request-timeout': 'the body did not arrive within a minute',
  'unsupported-media-type': 'another `Content-Type` than the documented ones, or another charset than UTF-8',
  'unsupported-encoding': 'a `Content-Encoding`',
};

/** What an operation answers that has to write: who looks is recorded before anything is shown. */
export const mustWrite: Problems = {
  'queue-full': 'too many entries wait to be recorded',
  'store-unavailable': 'nothing can be stored or read now',
};

/** One answer a status, as a problem document that names its code. */
export function problemsOf(problems: Problems): Responses {
  const codes = Object.keys(problems) as ProblemCode[];
  const statuses = [...new Set(codes.map((code) => problemTypes[code].status))].sort((one, other) => one - other);
  return Object.fromEntries(
    statuses.map((status) => {
      const these = codes.filter((code) => problemTypes[code].status === status);
      return [status, answerOf(these, problems, { ...challenge(status), ...retryAfter(these) })];
    }),
  );
}

type Headers = NonNullable<Extract<NonNullable<Responses[string]>, { description: string }>['headers']>;

function answerOf(codes: readonly ProblemCode[], meanings: Problems, headers: Headers): Responses[string] {
  return {
    description: codes.map((code) => `- \`${code}\`: ${meanings[code]}`).join('\n'),
    ...(Object.keys(headers).length > 0 && { headers }),
    content: {
      [problemMediaType]: {
        schema: {
          allOf: [{ $ref: getSchemaPath(ProblemDocument) }, { type: 'object', properties: { code: oneOf(codes) } }],
        },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}

const challenge = (status: number): Headers =>
  status === 401
    ? { 'WWW-Authenticate': { description: 'The scheme to authenticate by.', schema: oneOf(['Bearer']) } }
    : {};

function retryAfter(codes: readonly ProblemCode[]): Headers {
  const waiting = codes.filter((code) => retryAfterOf(code) !== undefined);
  if (waiting.length === 0) return {};
  const only = waiting.length < codes.length ? ` Only with ${waiting.map((code) => `\`${code}\``).join(', ')}.` : '';
  const description = `Seconds after which asking again makes sense.${only}`;
  return { 'Retry-After': { description, schema: { type: 'integer', minimum: 1 } } };
}

/** Every problem document, by code. */
export const problemExamples = Object.fromEntries(
  (Object.keys(problemTypes) as ProblemCode[]).map((code) => [code, { value: problem(code) }]),
);
