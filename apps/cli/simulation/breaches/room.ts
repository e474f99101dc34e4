import { approve, contribute, convene, hear, type Conference } from '../panel.js';
import type { Disclosure } from '../disclosure.js';
import type { Script } from '../script.js';
import type { Special } from '../special.js';
import { coordination, police, probation, youthOffice } from './ordinary.js';

const present = [coordination, youthOffice, police, probation] as const;

/** Everybody who was there does what follows, but for the minutes. */
function afterwards(script: Script, told: Disclosure): void {
  for (const agency of present) hear(script, agency, [told]);
}

/** Everybody who was there approves the minutes. */
function approveAll(script: Script, conference: Conference): void {
  for (const agency of present) approve(script, agency, conference);
}

/** Who hears what in a conference, and what leaves it. */
export const room: readonly Special[] = [
  {
    name: 'CNF-01',
    tell(script) {
      const conference = convene(script, present);
      const contribution = script.record(probation, 'ContributionRecorded', {
        convening: conference.convening,
        agendaItem: conference.agendaItem,
        // No disclosure of that name was ever recorded.
        disclosureId: script.random.uuidAt(script.moment),
        contributor: probation.id,
        heardBy: [coordination.id, youthOffice.id, police.id],
        dataCategories: ['exit-progress'],
      });
      script.intend('CNF-01', probation, contribution);
      approveAll(script, conference);
    },
  },
  {
    name: 'CNF-02',
    tell(script) {
      const conference = convene(script, present, [{}, {}, { undertakingSigned: false }]);
      afterwards(script, contribute(script, probation, conference));
      script.intend('CNF-02', coordination, conference.attendance, '/attendees/2');
      approveAll(script, conference);
    },
  },
  {
    name: 'CNF-03',
    tell(script) {
      const conference = convene(script, present);
      afterwards(script, contribute(script, probation, conference));
      const approvals = present.map(({ id }) => ({ agency: id, approved: id !== youthOffice.id }));
      const sheet = script.record(coordination, 'FeedbackSheetApproved', {
        convening: conference.convening,
        approvals,
        secrecyContentFree: true,
        goesTo: [police.id],
      });
      script.intend('CNF-03', coordination, sheet);
      approveAll(script, conference);
    },
  },
  {
    name: 'CNF-04',
    tell(script) {
      const conference = convene(script, present);
      afterwards(script, contribute(script, probation, conference));
      for (const agency of present) if (agency !== police) approve(script, agency, conference);
      script.intend('CNF-04', police, conference.attendance, police.id);
    },
  },
];
