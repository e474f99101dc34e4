import type { Kind } from './kind.js';

const matching = (form: RegExp, expects: string): Kind<string> => ({
  accepts: (value) => typeof value === 'string' && form.test(value),
  expects,
  schema: { type: 'string', pattern: form.source },
});

/** Names what has versions: an agreement, an activity of the register, a policy, a DPIA. Never a person. */
export const slug = matching(/^[a-z0-9][a-z0-9.-]{0,79}$/, 'lower-case letters, digits, dots and hyphens');

/** One version of it. */
export const versioned = matching(/^[a-z0-9][a-z0-9.-]{0,79}@[1-9][0-9]{0,8}$/, 'name@version, versions from 1');

/** One clause of one version of an agreement. */
export const clauseReference = matching(
  /^[a-z0-9][a-z0-9.-]{0,79}@[1-9][0-9]{0,8}#[a-z0-9][a-z0-9.-]{0,79}$/,
  'agreement@version#clause',
);

/** A rule as the legal pages name it. */
export const ruleCode = matching(/^[A-Z]{3}-[0-9]{2}$/, 'a rule like LOG-01');

/** ISO 3166-1 alpha-2, or ISO 3166-2: whose holidays count. */
export const holidayCalendar = matching(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'a country or a region of it like DE-NW');

/** Versions are counted from 1. */
export const versionNumber: Kind<number> = {
  accepts: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
  expects: 'a whole number from 1 to 2^53 - 1',
  schema: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
};
