import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Required } from '../field.js';
import { code, date, instant, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { extensionReason } from '../vocabularies/extension-reason.js';

/** By up to two more months; the person has to hear of it within the first. GDPR 12(3); DSR-01. */
export class RightsRequestExtended extends Envelope {
  @Required('terms', uuid, 'Entry id of the request.')
  readonly rightsRequest: Given<string>;

  @Required('terms', date)
  readonly dueAt: Given<string>;

  @Required('terms', code(extensionReason))
  readonly extensionReason: Given<string>;

  @Required('terms', instant, 'When the person was told of the extension and its reason.')
  readonly personToldAt: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;
}

export const rightsRequestExtended: EntryType = {
  name: 'RightsRequestExtended',
  title: { en: 'Deadline of a request extended', de: 'Frist für einen Antrag verlängert' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RightsRequestExtended,
  retention: { reasons: 'decision' },
  matter: { kind: 'rights-request', openedBy: 'rightsRequest' },

  sentence(terms, language) {
    const why = label(extensionReason, terms['extensionReason'], language);
    const until = said(terms['dueAt'], language);
    return language === 'de'
      ? `Frist für die Antwort an die betroffene Person verlängert bis: ${until} (${why}).`
      : `Deadline of the answer to the person concerned extended to: ${until} (${why}).`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000305',
    type: 'RightsRequestExtended',
    occurredAt: '2026-05-08T09:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0007',
      case: 'case-e01b',
      subject: 'person-a770',
      rightsRequest: '0195a6f0-0001-7000-8000-000000000304',
      dueAt: '2026-07-13',
      extensionReason: 'complexity',
      personToldAt: '2026-05-08T09:00:00.000Z',
      justification: 'Four bodies have to be asked which parts name third persons.',
    },
  },
};
