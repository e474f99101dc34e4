import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { isDecided, owe, reach, settle, type ExchangeState } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, date, flag, line, list, nested, prose, reference, uuid } from '../kind.js';
import { LegalBasis } from '../legal-basis.js';
import type { Given } from '../missing.js';
import { agenciesIn, agencyIn, enumerated, label, labels, textIn } from '../reading.js';
import { automation } from '../vocabularies/automation.js';
import { condition } from '../vocabularies/condition.js';
import { dataCategory } from '../vocabularies/data-category.js';
import { decision } from '../vocabularies/decision.js';
import { gateway } from '../vocabularies/gateway.js';
import { purpose } from '../vocabularies/purpose.js';
import { refusalReason } from '../vocabularies/refusal-reason.js';
import { regime } from '../vocabularies/regime.js';
import { specialGround } from '../vocabularies/special-ground.js';

export class GrantedItem {
  @Required('terms', code(dataCategory))
  readonly dataCategory: Given<string>;

  @Optional('terms', count, 'Place of the item in the request, from 0.')
  readonly answersItem?: Given<number>;
}

export class RefusedItem extends GrantedItem {
  @Required('reasons', code(refusalReason))
  readonly refusalReason: Given<string>;

  @Optional('reasons', line, 'Act, section, paragraph that forbids it.')
  readonly provision?: Given<string>;
}

/** GDPR 22, LED 11: no decision by a tool alone. */
export class Automation {
  @Required('terms', code(automation))
  readonly level: Given<string>;

  @Optional('terms', reference)
  readonly tool?: Given<string>;

  @Optional('terms', reference)
  readonly version?: Given<string>;

  @Optional('staff', reference, 'Who looked at what the tool proposed.')
  readonly reviewer?: Given<string>;
}

/** LED 7(2), 8, 10, 11, 15(4); GDPR 5(2), 22, 35(2), 39(1). */
export class RequestDecided extends Envelope {
  @Required('terms', code(decision))
  readonly decision: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('people', reference)
  declare readonly case: Given<string>;

  @Required('staff', reference, 'Who decided.')
  readonly decidedBy: Given<string>;

  @Required('staff', reference, 'In which function.')
  readonly decidedByFunction: Given<string>;

  @Optional('staff', reference)
  readonly secondApprover?: Given<string>;

  @Optional('terms', agency, 'Who asked, where the request itself may not be recorded.')
  readonly requester?: Given<string>;

  @Optional('terms', uuid, 'Entry id of the request.')
  readonly request?: Given<string>;

  @Optional('terms', list(nested(GrantedItem)))
  readonly granted?: Given<readonly GrantedItem[]>;

  @Optional('terms', list(nested(RefusedItem)))
  readonly refused?: Given<readonly RefusedItem[]>;

  @Optional('terms', code(purpose))
  readonly purpose?: Given<string>;

  @Optional('terms', flag, 'The purpose equals or is compatible with that of the collection.')
  readonly purposeCompatible?: Given<boolean>;

  @Optional('terms', nested(LegalBasis), 'Power to transmit.')
  readonly legalBasisTransmit?: Given<LegalBasis>;

  @Optional('terms', code(specialGround))
  readonly specialGround?: Given<string>;

  @Optional('terms', list(code(condition)))
  readonly conditions?: Given<readonly string[]>;

  @Optional('terms', date, 'When a deferred request will be decided.')
  readonly decisionDue?: Given<string>;

  @Optional('terms', agency, 'Whom to ask instead.')
  readonly redirectedTo?: Given<string>;

  @Optional('terms', nested(Automation))
  readonly automation?: Given<Automation>;

  @Optional('terms', reference, 'Policy by which it was decided, policy@version.')
  readonly policy?: Given<string>;

  @Optional('terms', flag, 'The head of the office or the deputy decided: SGB X 72.')
  readonly decidedByHead?: Given<boolean>;

  @Optional('terms', flag)
  readonly dpoConsulted?: Given<boolean>;

  @Optional('reasons', prose)
  readonly dpoAdvice?: Given<string>;

  @Optional('reasons', flag)
  readonly dpoAdviceFollowed?: Given<boolean>;

  @Optional('reasons', prose, 'Why the advice of the data protection officer was not followed.')
  readonly deviationReason?: Given<string>;

  @Optional('reasons', code(gateway), 'Ground for lifting secrecy.')
  readonly gateway?: Given<string>;

  @Optional('reasons', prose)
  readonly balancing?: Given<string>;

  @Optional('reasons', prose, 'Risk for the person or for the help.')
  readonly subjectRisk?: Given<string>;

  @Optional('reasons', prose, 'Whether anonymous, pseudonymous or fewer data would do.')
  readonly alternatives?: Given<string>;

  @Optional('told', prose, 'The reason told to the requester; none is told where it is absent.')
  readonly reasonTold?: Given<string>;

  @Optional('withheld', prose, 'Reasons kept from the person concerned: LED 15(4).')
  readonly reasonsWithheld?: Given<string>;
}

const states: Readonly<Record<string, ExchangeState>> = {
  'grant-full': 'granted',
  'grant-partial': 'partly-granted',
  refuse: 'refused',
  redirect: 'redirected',
  defer: 'deferred',
  'not-held': 'not-held',
  'oral-only': 'answered-orally',
};

export const requestDecided: EntryType = {
  name: 'RequestDecided',
  title: { en: 'Request decided', de: 'Ersuchen entschieden' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RequestDecided,
  retention: { reasons: 'decision' },

  codes: (data) =>
    data['dpoAdviceFollowed'] === false && textIn(data, 'deviationReason') === null ? ['dpo-deviation-unreasoned'] : [],
  recipients: (terms) => agenciesIn(terms, 'requester'),

  refusal: (head, { issuer, terms }) =>
    issuer === head?.requester || issuer === agencyIn(terms, 'requester')
      ? 'a request is decided by its addressee, not by its requester'
      : null,

  moves(head, { issuer, terms, occurredAt }) {
    const state = states[textIn(terms, 'decision') ?? ''] ?? 'decided';
    const wasDecided = isDecided(head);
    const settled = settle(head, { agency: issuer, owes: 'decision', about: null });
    const decided = reach({ ...settled, requester: head.requester ?? agencyIn(terms, 'requester') }, state, occurredAt);
    const turn = { agency: issuer, about: null, since: occurredAt };
    if (state === 'granted' || state === 'partly-granted' || state === 'answered-orally') {
      return owe(decided, { ...turn, owes: 'disclosure' });
    }
    return (state === 'deferred' || state === 'decided') && !wasDecided
      ? owe(decided, { ...turn, owes: 'decision' })
      : decided;
  },

  sentence(terms, language) {
    const how = label(decision, terms['decision'], language);
    const granted = labels(dataCategory, terms['granted'], 'dataCategory', language);
    const what = granted.length > 0 ? ` (${enumerated(granted, language)})` : '';
    return language === 'de' ? `Ersuchen entschieden: ${how}${what}.` : `Request decided: ${how}${what}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000004',
    type: 'RequestDecided',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-06T13:40:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      unit: 'Youth protection in court proceedings',
      actor: 'staff-0815',
      decidedBy: 'staff-0042',
      decidedByFunction: 'head of office',
      secondApprover: 'staff-0043',
      case: 'case-e01b',
      agreement: 'exit-network-exampletown@3',
      causedBy: '0195a6f0-0001-7000-8000-000000000002',
      request: '0195a6f0-0001-7000-8000-000000000002',
      requester: 'police.example',
      decision: 'grant-partial',
      purpose: 'exit-support',
      purposeCompatible: true,
      granted: [{ dataCategory: 'exit-progress', answersItem: 1 }],
      refused: [
        {
          dataCategory: 'school-attendance',
          answersItem: 0,
          refusalReason: 'not-necessary',
          provision: 'SGB X § 67d',
        },
      ],
      legalBasisTransmit: { code: 'GDPR-A6-1-e', provision: 'SGB X § 69(1) no. 1' },
      conditions: ['purpose-only', 'social-secrecy'],
      automation: { level: 'none' },
      dpoConsulted: true,
      dpoAdvice: 'No objection to the state of the mentoring; attendance lists go too far.',
      dpoAdviceFollowed: true,
      gateway: 'consent-entruster',
      justification: 'The mentoring was agreed together, so its state may be told; attendance is not needed for it.',
      alternatives: 'A conversation without a name would not help: the case is known to both.',
      subjectRisk: 'None for the help as long as the conditions are kept.',
      reasonTold: 'Attendance at school is not needed to plan the next step.',
      reasonsWithheld: 'The person is not told of the planned next step before the conference.',
    },
  },
};
