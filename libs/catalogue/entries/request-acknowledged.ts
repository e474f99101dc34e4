import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { reach } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { agency, date, flag, instant, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, agencyIn, said } from '../reading.js';

export class RequestAcknowledged extends Envelope {
  @Required('terms', instant)
  readonly receivedAt: Given<string>;

  @Required('terms', flag, 'Nothing is missing to decide it.')
  readonly complete: Given<boolean>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', agency, 'Who asked, where the request itself may not be recorded.')
  readonly requester?: Given<string>;

  @Optional('terms', uuid, 'Entry id of the request.')
  readonly request?: Given<string>;

  @Optional('told', prose, 'What the requester should add.')
  readonly lacking?: Given<string>;

  @Optional('terms', date)
  readonly decisionDue?: Given<string>;
}

export const requestAcknowledged: EntryType = {
  name: 'RequestAcknowledged',
  title: { en: 'Request acknowledged', de: 'Ersuchen bestätigt' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RequestAcknowledged,

  recipients: (terms) => agenciesIn(terms, 'requester'),

  refusal: (head, { issuer, terms }) =>
    issuer === head?.requester || issuer === agencyIn(terms, 'requester')
      ? 'a request is acknowledged by its addressee, not by its requester'
      : null,

  moves: (head, { terms, occurredAt }) =>
    reach({ ...head, requester: head.requester ?? agencyIn(terms, 'requester') }, 'acknowledged', occurredAt),

  sentence(terms, language) {
    const due = said(terms['decisionDue'], language);
    return language === 'de'
      ? `Eingang des Ersuchens bestätigt; Entscheidung bis: ${due}.`
      : `Request acknowledged; decision due: ${due}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000003',
    type: 'RequestAcknowledged',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-03T07:50:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      unit: 'Youth protection in court proceedings',
      actor: 'staff-0815',
      case: 'case-e01b',
      causedBy: '0195a6f0-0001-7000-8000-000000000002',
      request: '0195a6f0-0001-7000-8000-000000000002',
      requester: 'police.example',
      receivedAt: '2026-03-02T09:16:00.000Z',
      complete: false,
      lacking: 'Please name the month of the joint conference.',
      decisionDue: '2026-03-13',
    },
  },
};
