import { AgreedTimeLimits } from './agreed-time-limits.js';
import { ConferenceRules } from './conference-rules.js';
import { Optional, Required } from './field.js';
import { agency, code, flag, line, list, nested } from './kind.js';
import { LegalBasis, OwnLegalBasis, TransmitBasis } from './legal-basis.js';
import type { Given } from './missing.js';
import { slug, versioned } from './patterns.js';
import { PlainText } from './plain-text.js';
import { condition } from './vocabularies/condition.js';
import { dataCategory } from './vocabularies/data-category.js';
import { dpoConsultation } from './vocabularies/dpo-consultation.js';
import { gateway } from './vocabularies/gateway.js';
import { purpose } from './vocabularies/purpose.js';
import { specialGround } from './vocabularies/special-ground.js';
import { subjectCategory } from './vocabularies/subject-category.js';

/** Under which processing activity a party works where a clause applies. */
export class ClauseActivity {
  @Required('terms', agency)
  readonly agency: Given<string>;

  @Required('terms', versioned, "activity@version of that party's register.")
  readonly activity: Given<string>;
}

/** What one side may pass on to the other, for what, on which power, under which conditions: LAW-01 to LAW-04. */
export class AgreementClause {
  @Required('terms', slug, 'Names the clause within the agreement.')
  readonly id: Given<string>;

  @Required('terms', list(agency, 1), 'Parties that pass on.')
  readonly from: Given<readonly string[]>;

  @Required('terms', list(agency, 1), 'Parties that receive.')
  readonly to: Given<readonly string[]>;

  @Required('terms', list(code(purpose), 1))
  readonly purposes: Given<readonly string[]>;

  @Required('terms', list(code(dataCategory), 1))
  readonly dataCategories: Given<readonly string[]>;

  @Required('terms', flag, 'Special categories and data on criminal offences may be passed on: GDPR 9, 10; LED 10.')
  readonly specialCategories: Given<boolean>;

  @Optional('terms', nested(LegalBasis), 'Power of all who pass on and have none of their own in `transmitBases`.')
  readonly legalBasisTransmit?: Given<LegalBasis>;

  @Optional('terms', nested(LegalBasis), 'The same of all who receive: the other half of the double door.')
  readonly legalBasisCollect?: Given<LegalBasis>;

  @Optional('terms', list(nested(TransmitBasis)), 'Power of each that passes on under a law of its own.')
  readonly transmitBases?: Given<readonly TransmitBasis[]>;

  @Optional('terms', list(nested(OwnLegalBasis)), 'Power of each that receives under a law of its own.')
  readonly collectBases?: Given<readonly OwnLegalBasis[]>;

  @Optional('terms', list(code(specialGround)), 'Grounds the parties foresee; each entry names its own.')
  readonly specialGrounds?: Given<readonly string[]>;

  @Optional('terms', list(code(gateway)), 'Grounds for lifting secrecy the parties foresee; each entry names its own.')
  readonly gateways?: Given<readonly string[]>;

  @Optional('terms', line, 'Provision that allows a change of regime to all who name none in `transmitBases`: LAW-04.')
  readonly regimeChangeProvision?: Given<string>;

  @Optional('terms', list(code(subjectCategory)), 'Roles of the persons it is about; all where absent.')
  readonly subjectCategories?: Given<readonly string[]>;

  @Optional('terms', list(code(condition)), 'Handling conditions that go with everything passed on.')
  readonly conditions?: Given<readonly string[]>;

  @Optional('terms', nested(AgreedTimeLimits))
  readonly timeLimits?: Given<AgreedTimeLimits>;

  @Optional('terms', line, 'How long who receives may keep it, as it is told.')
  readonly retentionTold?: Given<string>;

  @Optional('terms', nested(ConferenceRules))
  readonly conference?: Given<ConferenceRules>;

  @Optional('terms', list(code(dpoConsultation)), 'When the data protection officer is asked first: DEC-04.')
  readonly dpoConsultationWhen?: Given<readonly string[]>;

  @Optional('terms', list(nested(ClauseActivity)), 'What entries under this clause name as their activity.')
  readonly activities?: Given<readonly ClauseActivity[]>;

  @Optional('terms', nested(PlainText), 'What the codes do not say.')
  readonly note?: Given<PlainText>;
}
