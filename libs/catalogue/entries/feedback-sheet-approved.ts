import { ConferenceFollowUp } from '../conference-follow-up.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, digest, flag, list, nested, reference, uuid } from '../kind.js';
import { bodiesOf, linesOf } from '../lines-of.js';
import type { Given } from '../missing.js';
import { named } from '../reading.js';

export class Approval {
  @Required('terms', agency)
  readonly agency: Given<string>;

  @Required('terms', flag)
  readonly approved: Given<boolean>;
}

/**
 * What leaves the room: agreed by everybody effectively present, and free of what secrecy covers, before it goes out
 * (CNF-03; BE 458ter, law of 30 July 2018, Constitutional Court 52/2021). Where it goes joins no exchange by this: the
 * conference stays closed to it, and what it gets is a disclosure of its own.
 */
export class FeedbackSheetApproved extends ConferenceFollowUp {
  @Required('terms', list(nested(Approval), 1), 'A line for each body that was present.')
  readonly approvals: Given<readonly Approval[]>;

  @Required('terms', flag, 'It holds nothing that secrecy covers.')
  readonly secrecyContentFree: Given<boolean>;

  @Required('terms', list(agency, 1), 'Bodies it goes to.')
  readonly goesTo: Given<readonly string[]>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', uuid, 'The disclosure by which it leaves the room.')
  readonly disclosureId?: Given<string>;

  @Optional('terms', digest, 'HMAC of the sheet under a key of the conference.')
  readonly sheetDigest?: Given<string>;

  @Optional('people', reference, 'Where the sheet is kept.')
  readonly sheetRef?: Given<string>;
}

export const feedbackSheetApproved: EntryType = {
  name: 'FeedbackSheetApproved',
  title: { en: 'Feedback sheet approved', de: 'Rückmeldebogen abgestimmt' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: FeedbackSheetApproved,
  matter: { kind: 'conference', openedBy: 'convening' },

  recipients: (terms) => bodiesOf(linesOf(terms['approvals'])),

  sentence(terms, language) {
    const to = named(terms['goesTo'], language);
    const lines = linesOf(terms['approvals']);
    const agreed = lines.filter((line) => line['approved'] === true).length;
    return language === 'de'
      ? `Rückmeldebogen für ${to} abgestimmt: ${agreed} von ${lines.length} Stellen stimmen zu.`
      : `Feedback sheet for ${to} put to the vote: ${agreed} of ${lines.length} bodies approve.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000216',
    type: 'FeedbackSheetApproved',
    exchange: '0195a6f0-0002-7000-8000-000000000210',
    occurredAt: '2025-03-10T14:30:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      convening: '0195a6f0-0001-7000-8000-000000000210',
      approvals: [
        { agency: 'exit-programme.example', approved: true },
        { agency: 'youth-office.example', approved: true },
        { agency: 'school.example', approved: true },
      ],
      secrecyContentFree: true,
      goesTo: ['prosecution.example'],
      disclosureId: '0195a6f0-0003-7000-8000-000000000211',
      sheetDigest: 'q1Yb0m3X9dFvT7cKpR2sLhN8wZ5aEjU4oGiQxVtBn6M',
      sheetRef: 'file-12/2025-8',
    },
  },
};
