import { instantAt } from '#kernel';
import {
  clinic,
  coordination,
  intelligence,
  police,
  prison,
  probation,
  school,
  share,
  youthOffice,
} from '../breaches/ordinary.js';
import { dateOf, day, hour } from '../calendar.js';
import { approve, contribute, convene, hear } from '../panel.js';
import { pseudonym } from '../person.js';
import type { Special } from '../special.js';
import { tellBreach } from './data-breach.js';
import { tellCase } from './case.js';
import { answerRegulator, audit, requestByRegulator, verify } from './oversight.js';
import { tellRights } from './rights.js';
import { supervisor } from '../network.js';

/** What happens around exchanges: cases, conferences, rights, breaches, oversight. */
export const around: readonly Special[] = [
  { name: 'a case and its end', tell: (script) => tellCase(script, coordination, youthOffice) },
  {
    name: 'a conference with a joint assessment',
    tell(script) {
      const present = [coordination, youthOffice, police, probation] as const;
      const conference = convene(script, present);
      const { convening, agendaItem } = conference;
      const told = contribute(script, probation, conference);
      const all = present.map(({ id }) => id);
      const common = { convening, agendaItem };
      script.record(coordination, 'JointAssessmentRecorded', {
        ...script.concerning(coordination),
        ...common,
        sharedBy: all,
        automation: {
          level: 'assisted',
          tool: 'risikobewertung',
          version: '2.4',
          reviewer: script.staffOf(coordination),
        },
        factsKeptApart: true,
        nextReview: dateOf(script.moment + 90 * day),
        assessmentRef: pseudonym('file', script.person, coordination.id),
      });
      script.record(youthOffice, 'ContributionDeclined', common);
      script.record(coordination, 'ConferenceDecisionRecorded', {
        ...common,
        kind: 'measure',
        outcome: 'approved',
        owner: youthOffice.id,
        due: dateOf(script.moment + 20 * day),
        justification: 'Der nächste Schritt ist vereinbart.',
        agreedBy: all,
      });
      script.record(coordination, 'FeedbackSheetApproved', {
        convening,
        approvals: all.map((agency) => ({ agency, approved: true })),
        secrecyContentFree: true,
        goesTo: [police.id],
      });
      for (const agency of present) {
        hear(script, agency, [told]);
        approve(script, agency, conference);
      }
    },
  },
  {
    name: 'a decision that is contested and reversed',
    tell(script) {
      const decision = script.record(school, 'DecisionRecorded', {
        kind: 'measure',
        outcome: 'approved',
        deciderAuthorised: true,
        deciderIndependent: true,
        decidedBy: script.staffOf(school),
        decidedByFunction: 'Schulleitung',
        justification: 'Die Maßnahme ist geeignet und erforderlich.',
      });
      script.pass(school, 48, 72);
      script.record(school, 'DecisionContested', {
        decision,
        contestedBy: 'person-concerned',
        remedy: 'objection',
        objections: 'Die Maßnahme belaste die Familie.',
      });
      script.pass(school, 48, 72);
      script.record(school, 'DecisionReversed', {
        decision,
        cause: 'new-facts',
        retroactive: false,
        deciderAuthorised: true,
        decidedBy: script.staffOf(school),
        decidedByFunction: 'Schulleitung',
        justification: 'Der Anlass ist entfallen.',
      });
    },
  },
  {
    name: 'an answer to a person that takes longer',
    tell: (script) => void tellRights(script, { to: school, isExtended: true }),
  },
  {
    name: 'a service that agrees to be named',
    tell(script) {
      const { disclosureId } = share(script, { by: youthOffice, to: intelligence });
      script.pass(youthOffice, 48, 72);
      const asked = script.record(youthOffice, 'OriginatorConsentAsked', {
        asked: intelligence.id,
        occasion: 'rights-answer',
        covers: [disclosureId],
      });
      script.pass(intelligence, 48, 72);
      script.record(intelligence, 'OriginatorConsentAnswered', {
        originatorConsent: asked,
        askedBy: youthOffice.id,
        consents: true,
        justification: 'Belange des Staatswohls stehen nicht entgegen.',
      });
      script.pass(youthOffice, 2, 20);
      const named = { covers: [disclosureId], recipientsNamed: [intelligence.id], originatorConsents: [asked] };
      tellRights(script, { to: youthOffice, decisionInstead: named });
    },
  },
  {
    name: 'access through the supervisor',
    tell(script) {
      const receivedAt = instantAt(script.moment);
      const indirectAccess = script.record(police, 'IndirectAccessRequested', {
        subject: pseudonym('person', script.person, police.id),
        authority: supervisor,
        controller: police.id,
        right: 'access',
        receivedAt,
      });
      script.pass(police, 48, 72);
      script.record(police, 'IndirectAccessAnswered', {
        indirectAccess,
        authority: supervisor,
        outcome: 'lawful',
        answeredAt: instantAt(script.moment),
        justification: 'Die Verarbeitung war rechtmäßig.',
      });
    },
  },
  {
    name: 'a restriction that is lifted',
    tell(script) {
      const restriction = script.record(clinic, 'RestrictionApplied', {
        subject: pseudonym('person', script.person, clinic.id),
        cause: 'accuracy-contested',
        dataCategories: ['health-record'],
        justification: 'Die Richtigkeit wird geprüft.',
      });
      script.pass(clinic, 72, 96);
      script.record(clinic, 'RestrictionLifted', {
        restriction,
        personToldAt: instantAt(script.moment),
        justification: 'Die Angaben sind richtig.',
      });
    },
  },
  {
    name: 'a data breach and all who are told',
    tell: (script) => void tellBreach(script, { of: clinic, partner: youthOffice, risk: 'high' }),
  },
  {
    name: 'a name that is resolved',
    tell(script) {
      script.record(prison, 'IdentityResolved', {
        kind: 'person-concerned',
        accessPurpose: 'lawfulness-check',
        secondPerson: script.staffOf(prison),
        justification: 'Eine Beschwerde nennt den Vorgang.',
      });
    },
  },
  {
    name: 'a supervisor who is answered',
    tell(script) {
      const request = requestByRegulator(script, clinic);
      script.pass(clinic, 5 * 24, 10 * 24);
      answerRegulator(script, clinic, request);
    },
  },
  {
    name: 'an audit, a training, a check of the log',
    tell(script) {
      audit(script, clinic, { remediedOn: dateOf(script.moment) });
      script.record(clinic, 'TrainingHeld', {
        topic: 'information-sharing',
        heldOn: dateOf(script.moment),
        audience: [{ functionName: 'Sozialdienst', participants: 8 }],
        minutes: 90,
      });
      verify(script, clinic, {});
    },
  },
  {
    name: 'a hold that is released',
    tell(script) {
      const legalHold = script.record(clinic, 'LegalHoldPlaced', {
        ground: 'rights-request',
        provision: 'DSGVO Art. 18 Abs. 1 c',
        until: dateOf(script.moment + 60 * day),
        justification: 'Die Person braucht die Angaben für einen Rechtsstreit.',
        reviewDue: dateOf(script.moment + 30 * day),
      });
      script.pass(clinic, 20 * 24, 25 * 24);
      script.record(clinic, 'LegalHoldReleased', { legalHold, justification: 'Der Rechtsstreit ist beendet.' });
    },
  },
  {
    name: 'an outage',
    tell(script) {
      const from = instantAt(script.moment - 2 * hour);
      const until = instantAt(script.moment - hour);
      script.operate('SystemOutageRecorded', { actor: 'operator-02', components: ['time-stamps'], from, until });
    },
  },
];
