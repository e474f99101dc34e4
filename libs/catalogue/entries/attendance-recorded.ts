import { ConferenceFollowUp } from '../conference-follow-up.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, flag, list, nested, reference } from '../kind.js';
import { bodiesOf, linesOf } from '../lines-of.js';
import type { Given } from '../missing.js';
import { enumerated, said } from '../reading.js';
import { attendance } from '../vocabularies/attendance.js';

export class Attendee {
  @Required('terms', agency)
  readonly agency: Given<string>;

  @Required('terms', code(attendance))
  readonly attendance: Given<string>;

  @Required('terms', flag, 'Whoever came may take part in conferences for the body.')
  readonly authorised: Given<boolean>;

  @Required('terms', flag, 'Whoever came signed the undertaking of secrecy.')
  readonly undertakingSigned: Given<boolean>;

  @Optional('people', list(reference), 'Who came for it.')
  readonly persons?: Given<readonly string[]>;
}

/** Who was in the room for one item, and so who received what was said there: LED 25(1), BE 458ter (CNF-01, CNF-02). */
export class AttendanceRecorded extends ConferenceFollowUp {
  @Required('terms', reference)
  readonly agendaItem: Given<string>;

  @Required('terms', list(nested(Attendee), 1))
  readonly attendees: Given<readonly Attendee[]>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;
}

export const attendanceRecorded: EntryType = {
  name: 'AttendanceRecorded',
  title: { en: 'Attendance recorded', de: 'Anwesenheit festgehalten' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: AttendanceRecorded,
  matter: { kind: 'conference', openedBy: 'convening' },

  recipients: (terms) => bodiesOf(inTheRoom(terms['attendees'])),

  sentence(terms, language) {
    const item = said(terms['agendaItem'], language);
    const who = enumerated(bodiesOf(inTheRoom(terms['attendees'])), language);
    return language === 'de' ? `Anwesend zu Punkt ${item}: ${who}.` : `In the room for item ${item}: ${who}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000211',
    type: 'AttendanceRecorded',
    exchange: '0195a6f0-0002-7000-8000-000000000210',
    occurredAt: '2025-03-10T13:05:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      convening: '0195a6f0-0001-7000-8000-000000000210',
      agendaItem: '1',
      attendees: [
        {
          agency: 'youth-office.example',
          attendance: 'present',
          authorised: true,
          undertakingSigned: true,
          persons: ['youth-office-person-2'],
        },
        { agency: 'police.example', attendance: 'absent', authorised: true, undertakingSigned: true },
        { agency: 'school.example', attendance: 'left-early', authorised: true, undertakingSigned: true },
      ],
    },
  },
};

/** Whoever stayed away heard nothing; who came late or left early may have heard it. */
const inTheRoom = (attendees: Parameters<typeof linesOf>[0]): ReturnType<typeof linesOf> =>
  linesOf(attendees).filter((line) => line['attendance'] !== 'absent');
