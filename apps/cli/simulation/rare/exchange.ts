import { instantAt } from '#kernel';
import {
  askOnly,
  clinic,
  exitProgramme,
  heldBy,
  passOnOnly,
  police,
  prison,
  probation,
  school,
  settle,
  share,
  youthOffice,
} from '../breaches/ordinary.js';
import { receive, react } from '../aftermath.js';
import { dateOf, day, hour } from '../calendar.js';
import { decide } from '../decision.js';
import { defer } from '../informing.js';
import { passOn } from '../onward.js';
import type { Special } from '../special.js';
import { tellConsent } from './consent.js';

/** Turns that an exchange seldom takes. */
export const exchange: readonly Special[] = [
  {
    name: 'a question, and the request is withdrawn',
    tell(script) {
      const { entry } = askOnly(script, { from: probation, to: prison });
      script.pass(prison, 1, 4);
      const asked = script.record(prison, 'ClarificationAsked', {
        askedOf: probation.id,
        question: 'Für welchen Zeitraum werden die Angaben gebraucht?',
        request: entry,
      });
      script.pass(probation, 1, 10);
      script.record(probation, 'ClarificationGiven', { askedBy: prison.id, answered: false, asked });
      script.record(probation, 'RequestWithdrawn', { addressee: prison.id, cause: 'no-longer-needed', request: entry });
    },
  },
  {
    name: 'a request that is escalated',
    tell(script) {
      const request = askOnly(script, { from: probation, to: prison });
      script.pass(probation, 48, 60);
      script.record(probation, 'RequestEscalated', {
        escalatedTo: prison.id,
        cause: 'competence-unclear',
        justification: 'Die Zuständigkeit innerhalb der Anstalt ist offen.',
        request: request.entry,
      });
      script.pass(prison, 2, 20);
      decide(script, request, 'not-held');
    },
  },
  {
    name: 'a request that lapses',
    tell(script) {
      const { entry } = askOnly(script, { from: probation, to: prison });
      script.pass(probation, 4 * 24, 5 * 24);
      const lapsedOn = dateOf(script.moment);
      script.record(probation, 'RequestLapsed', {
        cause: 'date-passed',
        otherSide: prison.id,
        request: entry,
        lapsedOn,
      });
    },
  },
  {
    name: 'a consultation without a name',
    tell(script) {
      script.record(school, 'AnonymousConsultationHeld', {
        consulted: [exitProgramme.id],
        purpose: 'exit-support',
        channel: 'oral-phone',
        outcome: 'anonymous-suffices',
      });
    },
  },
  {
    name: 'conditions that are accepted later',
    tell(script) {
      const told = passOnOnly(script, { by: prison, to: probation });
      settle(script, told);
      script.pass(probation, 48, 50);
      const { disclosureId, conditions } = told;
      script.record(probation, 'ConditionsAccepted', {
        disclosureId,
        disclosedBy: prison.id,
        conditionsAccepted: [...conditions],
      });
    },
  },
  {
    name: 'a permission to pass on',
    tell(script) {
      const told = share(script, { by: prison, to: probation, what: ['exit-progress'] });
      passOn(script, told, 'permitted');
    },
  },
  {
    name: 'a refusal to let something be passed on',
    tell(script) {
      const told = share(script, { by: prison, to: probation, what: ['exit-progress'] });
      passOn(script, told, 'refused');
    },
  },
  {
    name: 'an entry that is corrected',
    tell(script) {
      const { entry } = share(script, { by: prison, to: probation });
      script.pass(prison, 5, 30);
      script.record(prison, 'EntryCorrected', {
        corrects: entry,
        cause: 'mistake',
        inTerms: [{ field: '/recipientUnit', right: 'Führungsaufsichtsstelle' }],
        justification: 'Die Organisationseinheit war verwechselt.',
      });
    },
  },
  {
    name: 'an emergency',
    tell(script) {
      const told = passOnOnly(script, {
        by: clinic,
        to: police,
        what: ['exit-progress'],
        instead: { gateway: 'emergency' },
      });
      script.aside(() => {
        script.moment += 8 * hour;
        script.record(clinic, 'EmergencyDisclosureJustified', {
          disclosureId: told.disclosureId,
          danger: 'Am Abend wurde eine Tat für den nächsten Morgen angekündigt.',
          alternatives: 'Eine Warnung ohne Namen hätte niemanden geschützt.',
          confirmedBy: script.staffOf(clinic),
          confirmedAt: instantAt(script.moment),
          confirmedByAnother: true,
        });
      });
      settle(script, told);
    },
  },
  {
    name: 'a consent that is withdrawn',
    tell(script) {
      const holding = heldBy(exitProgramme, 'housing-work');
      tellConsent(script, { by: exitProgramme, to: youthOffice, holding, kind: 'ConsentRecorded', isTold: true });
    },
  },
  {
    name: 'a release from secrecy that is withdrawn',
    tell(script) {
      const holding = heldBy(clinic, 'exit-progress');
      tellConsent(script, { by: clinic, to: youthOffice, holding, kind: 'SecrecyReleaseRecorded', isTold: true });
    },
  },
  {
    name: 'a notice that is put off',
    tell(script) {
      const told = passOnOnly(script, { by: school, to: prison });
      receive(script, told, prison);
      react(script, told, { feedback: 'used', isTakenBack: false });
      script.pass(school, 24, 48);
      defer(script, school, [told.disclosureId]);
    },
  },
  {
    name: 'what a service keeps to itself',
    tell(script) {
      script.record(police, 'SealedEntryRecorded', {
        commitment: 'q7mYv0jXk2S9c4Bz1LwUe8Rt5HnPa6Dg3FiKoJxVbCs',
        retentionClass: 'decision',
        releaseReview: dateOf(script.moment + 180 * day),
        visibility: 'sealed',
      });
    },
  },
];
