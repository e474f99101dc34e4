import { isObject, languages, vocabularies, type Language } from '#catalogue';
import { DomainError, type Fault, type Instant } from '#kernel';
import type { JsonValue } from '#statement';
import { identifying, type KnownBodies } from './identifying.js';

/**
 * A lesson, a near miss or a practice that others can learn from. It stands outside of the log and says neither who
 * wrote it nor when, so that honesty costs nothing (domain §3): no agency, no case, no exact date.
 */
export interface Contribution {
  /** code of the vocabulary `contribution-kind` */
  readonly kind: string;
  readonly language: Language;
  readonly title: string;
  readonly text: string;
  /** codes of the vocabulary `purpose`: in which work it was learnt */
  readonly purposes: readonly string[];
}

const longest = { title: 200, text: 8_000 };
const mostPurposes = 10;
/** Line feeds are the only control characters of a text. */
const control = /[^\P{Cc}\n]/u;

/**
 * Reads what somebody wants to share.
 *
 * @param bodies that no contribution may name
 * @throws DomainError `invalid-body` with a pointer for what has not the form, or would give away who or when
 */
export function readContribution(value: JsonValue, bodies: KnownBodies): Contribution {
  if (!isObject(value)) throw invalid([{ pointer: '', detail: 'expected an object' }]);
  const { kind, language, title, text, purposes = [], ...others } = value;
  const faults: Fault[] = Object.keys(others).length === 0 ? [] : [{ pointer: '', detail: 'a field nobody knows' }];
  const require = (holds: boolean, pointer: string, expected: string): void => {
    if (!holds) faults.push({ pointer, detail: `expected ${expected}` });
  };
  require(isCode('contribution-kind', kind), '/kind', 'a code of the vocabulary contribution-kind');
  require(languages.some((one) => one === language), '/language', 'en or de');
  require(isText(title, longest.title) &&
    !title.includes('\n'), '/title', `a line of up to ${longest.title} characters`);
  require(isText(text, longest.text), '/text', `a text of up to ${longest.text} characters`);
  const codes = Array.isArray(purposes) ? purposes : [null];
  require(codes.length <= mostPurposes &&
    codes.every((one) => isCode('purpose', one)), '/purposes', `up to ${mostPurposes} codes of the vocabulary purpose`);
  for (const [name, said] of Object.entries({ title, text })) {
    if (typeof said !== 'string') continue;
    for (const detail of identifying(said.slice(0, longest.text), bodies)) faults.push({ pointer: `/${name}`, detail });
  }
  if (faults.length > 0) throw invalid(faults);
  return { kind, language, title, text, purposes: [...new Set(codes)] } as Contribution;
}

/** The only time a contribution has: a quarter of a year, like `2026-Q4`. */
export const quarterOf = (at: Instant): string => `${at.slice(0, 4)}-Q${Math.ceil(Number(at.slice(5, 7)) / 3)}`;

const invalid = (faults: readonly Fault[]): DomainError =>
  new DomainError('invalid-body', 'this cannot be put into the library', faults);

const isText = (value: JsonValue | undefined, most: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most && !control.test(value);

const isCode = (vocabulary: string, value: JsonValue | undefined): boolean =>
  typeof value === 'string' && vocabularies.get(vocabulary)?.terms.has(value) === true;
