import { Optional, Required } from './field.js';
import { type Kind, line, prose } from './kind.js';
import type { Given } from './missing.js';

const form = /^(\/[A-Za-z0-9]{1,40}){1,5}$/;

/** A place in the data of an entry, as faults name it. */
const place: Kind<string> = {
  accepts: (value) => typeof value === 'string' && form.test(value),
  expects: 'a JSON pointer into the data, like /items/1/asOf',
  schema: { type: 'string', pattern: form.source },
};

/**
 * One field of an earlier entry. Which one is no secret of its block but of `withheld`: `present` names it in the terms,
 * too.
 */
class CorrectedField {
  @Required('terms', place)
  readonly field: Given<string>;
}

/** Codes, ids, dates, agencies and provisions, as text. */
export class CorrectedTerms extends CorrectedField {
  @Optional('terms', line, 'Absent where it had no value.')
  readonly was?: Given<string>;

  @Required('terms', line)
  readonly right: Given<string>;
}

export class CorrectedPeople extends CorrectedField {
  @Optional('people', prose, 'Absent where it had no value.')
  readonly was?: Given<string>;

  @Required('people', prose)
  readonly right: Given<string>;
}

export class CorrectedTold extends CorrectedField {
  @Optional('told', prose, 'Absent where it had no value.')
  readonly was?: Given<string>;

  @Required('told', prose)
  readonly right: Given<string>;
}

export class CorrectedStaff extends CorrectedField {
  @Optional('staff', prose, 'Absent where it had no value.')
  readonly was?: Given<string>;

  @Required('staff', prose)
  readonly right: Given<string>;
}

export class CorrectedReasons extends CorrectedField {
  @Optional('reasons', prose, 'Absent where it had no value.')
  readonly was?: Given<string>;

  @Required('reasons', prose)
  readonly right: Given<string>;
}

export class CorrectedWithheld extends CorrectedField {
  @Required('withheld', place)
  declare readonly field: Given<string>;

  @Optional('withheld', prose, 'Absent where it had no value.')
  readonly was?: Given<string>;

  @Required('withheld', prose)
  readonly right: Given<string>;
}
