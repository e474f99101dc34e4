import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, list, nested, prose, reference, uuid } from '../kind.js';
import {
  CorrectedPeople,
  CorrectedReasons,
  CorrectedStaff,
  CorrectedTerms,
  CorrectedTold,
  CorrectedWithheld,
} from '../corrected-field.js';
import { correctionFaults } from '../correction-faults.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { correctionCause } from '../vocabularies/correction-cause.js';

/**
 * Says what is wrong in an earlier entry of the same agency and what is right: LED 4(1)(d), GDPR 5(1)(d). The earlier
 * entry stays as it was stored; it is never shown without this one, nor this one without it. `case` and `subject` are
 * those that are right, so that a search finds both. Each wrong and right value is in the block of the field it
 * corrects.
 */
export class EntryCorrected extends Envelope {
  @Required('terms', uuid, 'Entry id of what it corrects.')
  readonly corrects: Given<string>;

  @Required('terms', code(correctionCause))
  readonly cause: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', list(nested(CorrectedTerms)))
  readonly inTerms?: Given<readonly CorrectedTerms[]>;

  @Optional('people', list(nested(CorrectedPeople)))
  readonly inPeople?: Given<readonly CorrectedPeople[]>;

  @Optional('told', list(nested(CorrectedTold)))
  readonly inTold?: Given<readonly CorrectedTold[]>;

  @Optional('staff', list(nested(CorrectedStaff)))
  readonly inStaff?: Given<readonly CorrectedStaff[]>;

  @Optional('reasons', list(nested(CorrectedReasons)))
  readonly inReasons?: Given<readonly CorrectedReasons[]>;

  @Optional('withheld', list(nested(CorrectedWithheld)))
  readonly inWithheld?: Given<readonly CorrectedWithheld[]>;
}

export const entryCorrected: EntryType = {
  name: 'EntryCorrected',
  title: { en: 'Entry corrected', de: 'Eintrag berichtigt' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: EntryCorrected,
  shownWith: 'corrects',

  faults: correctionFaults,

  sentence(terms, language) {
    const what = said(terms['corrects'], language);
    const why = label(correctionCause, terms['cause'], language);
    return language === 'de' ? `Eintrag ${what} berichtigt: ${why}.` : `Entry ${what} corrected: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000010b',
    type: 'EntryCorrected',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-04-02T08:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0815',
      case: 'case-e01b',
      subject: 'person-a770',
      corrects: '0195a6f0-0001-7000-8000-000000000005',
      cause: 'mistake',
      inTerms: [{ field: '/items/1/asOf', was: '2026-02-20', right: '2026-02-02' }],
      inPeople: [{ field: '/items/1/itemRef', was: 'file-88/2026-18', right: 'file-88/2026-81' }],
      inReasons: [
        {
          field: '/items/1/thirdPersonReason',
          was: 'The mentor is a relative.',
          right: 'The mentor is a neighbour of the family.',
        },
      ],
      justification: 'The school recorded the relation wrongly and has corrected its file.',
    },
  },
};
