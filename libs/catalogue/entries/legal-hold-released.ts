import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Required } from '../field.js';
import { prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';

/** RET-03. From now on erasure goes on where it had stopped. */
export class LegalHoldReleased extends Envelope {
  @Required('terms', uuid, 'Entry id of the hold.')
  readonly legalHold: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;
}

export const legalHoldReleased: EntryType = {
  name: 'LegalHoldReleased',
  title: { en: 'Legal hold released', de: 'Löschsperre aufgehoben' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: LegalHoldReleased,
  retention: { reasons: 'decision' },
  matter: { kind: 'legal-hold', openedBy: 'legalHold' },

  sentence: (_terms, language) =>
    language === 'de' ? 'Löschsperre aufgehoben; die Löschung läuft weiter.' : 'Legal hold released; erasure goes on.',

  example: {
    id: '0195a6f0-0001-7000-8000-000000000314',
    type: 'LegalHoldReleased',
    occurredAt: '2026-09-01T08:00:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4720',
      case: 'case-7f3a',
      legalHold: '0195a6f0-0001-7000-8000-000000000313',
      justification: 'The supervisor has closed its procedure.',
    },
  },
};
