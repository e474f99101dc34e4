import { AgreementClause } from './agreement-clause.js';
import { Optional, Required } from './field.js';
import { agency, code, date, line, list, nested, reference } from './kind.js';
import type { Given } from './missing.js';
import { slug, versioned, versionNumber } from './patterns.js';
import { controllership } from './vocabularies/controllership.js';

/**
 * One version of how bodies share: GDPR 26, 30, 35; LED 21, 24. It is data that the ledger applies and prose that people
 * read; it names offices, never persons. Days are those of the parties' calendar, first and last included.
 */
export class AgreementTerms {
  @Required('terms', slug, 'Names the agreement through all its versions.')
  readonly agreement: Given<string>;

  @Required('terms', versionNumber)
  readonly version: Given<number>;

  @Required('terms', line)
  readonly title: Given<string>;

  @Required('terms', list(agency, 1))
  readonly parties: Given<readonly string[]>;

  @Required('terms', code(controllership))
  readonly controllership: Given<string>;

  @Required('terms', date, 'First day in force.')
  readonly validFrom: Given<string>;

  @Required('terms', date, 'AGR-01.')
  readonly reviewDue: Given<string>;

  @Required('terms', list(nested(AgreementClause), 1))
  readonly clauses: Given<readonly AgreementClause[]>;

  @Optional('terms', date, 'Last day in force; open where absent.')
  readonly validUntil?: Given<string>;

  @Optional('terms', versioned, 'Version it takes the place of from its first day, agreement@version.')
  readonly supersedes?: Given<string>;

  @Optional('terms', reference, 'Office that persons concerned may turn to: GDPR 26(1). Never a person.')
  readonly contactPoint?: Given<string>;

  @Optional('terms', versioned, 'dpia@version: GDPR 35, LED 27.')
  readonly dpia?: Given<string>;

  @Optional('terms', line, 'How requests of persons concerned are handled among the parties.')
  readonly rightsProcedure?: Given<string>;

  @Optional('terms', line, 'How breaches are told among the parties.')
  readonly breachProcedure?: Given<string>;

  @Optional('terms', line, 'Who does what for the others: GDPR 26(1), LED 21(1).')
  readonly rolesAndDuties?: Given<string>;

  @Optional('terms', line, 'How what is passed on is protected: GDPR 32, LED 29.')
  readonly security?: Given<string>;

  @Optional('terms', reference, 'Document that defines its words.')
  readonly definitions?: Given<string>;

  @Optional('terms', line, 'Where its essence is published: GDPR 26(2).')
  readonly essencePublishedAt?: Given<string>;
}
