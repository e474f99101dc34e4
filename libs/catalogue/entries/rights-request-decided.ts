import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, flag, instant, line, list, nested, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label } from '../reading.js';
import { recipientOmission } from '../vocabularies/recipient-omission.js';
import { regime } from '../vocabularies/regime.js';
import { restrictionGround } from '../vocabularies/restriction-ground.js';
import { rightsOutcome } from '../vocabularies/rights-outcome.js';

/** A recipient the answer does not name: GDPR 15(1)(c), C-154/21. */
export class OmittedRecipient {
  @Required('terms', agency)
  readonly recipient: Given<string>;

  @Required('terms', code(recipientOmission))
  readonly omission: Given<string>;
}

/** GDPR 12(4), 15-22; LED 12, 14-17. Read by DSR-01 to DSR-05. */
export class RightsRequestDecided extends Envelope {
  @Required('terms', uuid, 'Entry id of the request.')
  readonly rightsRequest: Given<string>;

  @Required('terms', code(rightsOutcome))
  readonly outcome: Given<string>;

  @Required('terms', flag, 'Names of staff are given: DSR-05.')
  readonly staffNamed: Given<boolean>;

  @Required('reasons', prose, 'Factual or legal reasons, open to the supervisor: LED 15(4), DSR-03.')
  readonly justification: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('staff', reference, 'Who decided.')
  readonly decidedBy: Given<string>;

  @Optional('terms', list(uuid), 'Disclosure ids of all that the search for the person found: DSR-02.')
  readonly covers?: Given<readonly string[]>;

  @Optional('terms', list(agency), 'Recipients the answer names: DSR-02, DSR-04.')
  readonly recipientsNamed?: Given<readonly string[]>;

  @Optional('terms', list(nested(OmittedRecipient)))
  readonly recipientsOmitted?: Given<readonly OmittedRecipient[]>;

  @Optional('terms', list(uuid), 'Entry ids in which bodies were asked to agree: BDSG 57(5), SGB X § 83(5), DSR-04.')
  readonly originatorConsents?: Given<readonly string[]>;

  @Optional('terms', instant, 'When the person was told of a refusal and its reasons: GDPR 12(4).')
  readonly personToldAt?: Given<string>;

  @Optional('terms', flag, 'The person was told of complaint and court: GDPR 12(4), LED 15(3), 17(2).')
  readonly remediesTold?: Given<boolean>;

  @Optional('terms', flag)
  readonly dpoConsulted?: Given<boolean>;

  @Optional('reasons', code(restrictionGround), 'What a refusal or a restriction rests on.')
  readonly refusalGround?: Given<string>;

  @Optional('reasons', line, 'Act, section, paragraph of a refusal.')
  readonly provision?: Given<string>;

  @Optional('reasons', prose, 'Interest of the person against that of staff or others: C-579/21, GDPR 21(1).')
  readonly balancing?: Given<string>;

  @Optional('reasons', prose)
  readonly dpoAdvice?: Given<string>;

  @Optional('told', prose, 'The reason told to the person.')
  readonly reasonTold?: Given<string>;

  @Optional('withheld', prose, 'Reasons kept from the person concerned: LED 15(3).')
  readonly reasonsWithheld?: Given<string>;
}

export const rightsRequestDecided: EntryType = {
  name: 'RightsRequestDecided',
  title: { en: 'Request of the person concerned decided', de: 'Antrag der betroffenen Person entschieden' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RightsRequestDecided,
  retention: { reasons: 'decision' },
  matter: { kind: 'rights-request', openedBy: 'rightsRequest' },

  sentence(terms, language) {
    const how = label(rightsOutcome, terms['outcome'], language);
    return language === 'de'
      ? `Antrag der betroffenen Person entschieden: ${how}.`
      : `Request of the person concerned decided: ${how}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000306',
    type: 'RightsRequestDecided',
    occurredAt: '2026-05-12T12:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0007',
      decidedBy: 'staff-0042',
      actorFunction: 'data protection coordinator',
      case: 'case-e01b',
      subject: 'person-a770',
      causedBy: '0195a6f0-0001-7000-8000-000000000304',
      rightsRequest: '0195a6f0-0001-7000-8000-000000000304',
      outcome: 'granted-in-part',
      covers: ['0195a6f0-0003-7000-8000-000000000001'],
      recipientsNamed: ['police.example'],
      recipientsOmitted: [{ recipient: 'domestic-intelligence.example', omission: 'no-originator-consent' }],
      originatorConsents: ['0195a6f0-0001-7000-8000-00000000030a'],
      staffNamed: false,
      personToldAt: '2026-05-12T12:00:00.000Z',
      remediesTold: true,
      dpoConsulted: true,
      dpoAdvice: 'Agreed; the recipient may be named once its consent is there.',
      refusalGround: 'GDPR-A15-4',
      provision: 'SGB X § 83(5)',
      balancing: 'The name of the case worker adds nothing the person needs to check lawfulness.',
      justification: 'All is answered but one recipient, which has not agreed to be named.',
      reasonTold: 'Parts that concern other persons are left out.',
      reasonsWithheld: 'One recipient may be named only with its consent.',
    },
  },
};
