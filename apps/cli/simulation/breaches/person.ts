import { dateOf, day } from '../calendar.js';
import { pseudonym } from '../person.js';
import { tellBreach } from '../rare/data-breach.js';
import { tellRights, type RightsRequest } from '../rare/rights.js';
import type { Script } from '../script.js';
import type { Special } from '../special.js';
import { wording } from '../wording.js';
import {
  clinic,
  exitProgramme,
  intelligence,
  notGiven,
  police,
  prison,
  school,
  share,
  youthOffice,
} from './ordinary.js';

/** Broken by the decision about a person's request. */
const ofDecision = (name: string, request: RightsRequest, part: string | null = null): Special => ({
  name,
  tell(script) {
    const { decided } = tellRights(script, request);
    if (decided !== null) script.intend(name, request.to, decided, part);
  },
});

/** Rights of the person concerned, notices to the person, and breaches of data. */
export const person: readonly Special[] = [
  {
    name: 'INF-02',
    tell(script) {
      const told = share(script, { by: prison, to: police });
      const deferral = script.record(prison, 'NotificationDeferred', {
        subject: pseudonym('person', script.person, prison.id),
        covers: [told.disclosureId],
        article: 'LED-A13',
        extent: 'delayed',
        ground: 'LED-A15-1-b',
        justification: script.random.pick(wording.deferral),
        nextReview: dateOf(script.moment + 30 * day),
        until: dateOf(script.moment + 60 * day),
      });
      // Nobody looks at it again.
      script.intend('INF-02', prison, deferral, '/nextReview');
    },
  },
  {
    name: 'DSR-01',
    tell(script) {
      const { received } = tellRights(script, { to: school, decisionInstead: null });
      script.intend('DSR-01', school, received);
    },
  },
  {
    name: 'DSR-02',
    tell(script) {
      const { disclosureId } = share(script, { by: school, to: youthOffice });
      script.pass(school, 48, 72);
      const covers = [disclosureId];
      const { decided } = tellRights(script, { to: school, decisionInstead: { covers, recipientsNamed: [] } });
      if (decided !== null) script.intend('DSR-02', school, decided, youthOffice.id);
    },
  },
  ofDecision('DSR-03', {
    to: clinic,
    isFulfilled: false,
    decisionInstead: { outcome: 'refused', justification: notGiven },
  }),
  ofDecision('DSR-04', { to: youthOffice, decisionInstead: { recipientsNamed: [intelligence.id] } }, intelligence.id),
  ofDecision('DSR-05', { to: exitProgramme, decisionInstead: { staffNamed: true } }),
  {
    name: 'BRE-01',
    tell(script) {
      const { detected } = breach(script, 'risk', 'authority');
      script.intend('BRE-01', school, detected);
    },
  },
  {
    name: 'BRE-02',
    tell(script) {
      const { detected } = breach(script, 'risk', 'partner');
      script.intend('BRE-02', school, detected, youthOffice.id);
    },
  },
  {
    name: 'BRE-03',
    tell(script) {
      const { assessed } = breach(script, 'high', 'subject');
      script.intend('BRE-03', school, assessed);
    },
  },
];

const breach = (script: Script, risk: 'risk' | 'high', leftOut: 'authority' | 'partner' | 'subject') =>
  tellBreach(script, { of: school, partner: youthOffice, risk, leftOut });
