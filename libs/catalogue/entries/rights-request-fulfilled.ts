import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, instant, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { codes, enumerated, label } from '../reading.js';
import { channel } from '../vocabularies/channel.js';
import { remedialAction } from '../vocabularies/remedial-action.js';

/** What was done and told. GDPR 12(3), 19; LED 16(5), 16(6). Read by DSR-01 and QUA-03. */
export class RightsRequestFulfilled extends Envelope {
  @Required('terms', uuid, 'Entry id of the request.')
  readonly rightsRequest: Given<string>;

  @Required('terms', instant, 'When the answer left: ends the deadline of DSR-01.')
  readonly answeredAt: Given<string>;

  @Required('terms', code(channel))
  readonly channel: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', list(code(remedialAction)))
  readonly actions?: Given<readonly string[]>;

  @Optional('terms', list(agency), 'Recipients told of it: GDPR 19, LED 16(6).')
  readonly recipientsTold?: Given<readonly string[]>;

  @Optional('terms', agency, 'Body the wrong data came from: LED 16(5), QUA-03.')
  readonly originator?: Given<string>;

  @Optional('terms', instant)
  readonly originatorToldAt?: Given<string>;

  @Optional('terms', uuid, 'Id of the access pack that was handed over.')
  readonly exportId?: Given<string>;

  @Optional('reasons', prose)
  readonly note?: Given<string>;
}

export const rightsRequestFulfilled: EntryType = {
  name: 'RightsRequestFulfilled',
  title: { en: 'Request of the person concerned fulfilled', de: 'Antrag der betroffenen Person erfüllt' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RightsRequestFulfilled,
  retention: { reasons: 'decision' },
  matter: { kind: 'rights-request', openedBy: 'rightsRequest' },

  sentence(terms, language) {
    const how = label(channel, terms['channel'], language);
    const actions = codes(remedialAction, terms['actions'], language);
    const done = actions.length > 0 ? ` (${enumerated(actions, language)})` : '';
    return language === 'de'
      ? `Antrag der betroffenen Person erfüllt${done}; Weg der Antwort: ${how}.`
      : `Request of the person concerned fulfilled${done}; answer by: ${how}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000307',
    type: 'RightsRequestFulfilled',
    occurredAt: '2026-05-12T14:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0007',
      case: 'case-e01b',
      subject: 'person-a770',
      causedBy: '0195a6f0-0001-7000-8000-000000000306',
      rightsRequest: '0195a6f0-0001-7000-8000-000000000304',
      answeredAt: '2026-05-12T14:00:00.000Z',
      channel: 'paper',
      actions: ['rectify'],
      recipientsTold: ['police.example'],
      originator: 'school.example',
      originatorToldAt: '2026-05-12T14:20:00.000Z',
      exportId: '0195a6f0-0005-7000-8000-000000000301',
      note: 'Handed over in a conversation, with an interpreter.',
    },
  },
};
