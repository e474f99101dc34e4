import { notify, react, receive } from '../aftermath.js';
import { ask } from '../request.js';
import type { Special } from '../special.js';
import { wording } from '../wording.js';
import {
  askAndDecide,
  askOnly,
  heldBy,
  notGiven,
  passOnOnly,
  police,
  prison,
  probation,
  school,
  settle,
  share,
  youthOffice,
} from './ordinary.js';

/** What follows a request, a decision or a disclosure, and does not. */
export const after: readonly Special[] = [
  {
    name: 'QUA-02',
    tell(script) {
      const told = share(script, { by: prison, to: probation });
      script.pass(prison, 24, 72);
      const invalidation = script.record(prison, 'DisclosureInvalidated', {
        causedBy: told.entry,
        disclosureId: told.disclosureId,
        cause: 'incorrect',
        action: 'rectify',
        recipients: [probation.id],
        justification: script.random.pick(wording.wrong),
      });
      // Told, but it never says what it did.
      script.pass(prison, 1, 5);
      notify(script, told, probation, { invalidation, action: 'rectify' });
      script.intend('QUA-02', probation, invalidation, probation.id);
    },
  },
  {
    name: 'QUA-03',
    tell(script) {
      const first = share(script, {
        by: school,
        to: youthOffice,
        what: ['education'],
        instead: { conditions: ['purpose-only'] },
      });
      script.pass(youthOffice, 24 * 20, 24 * 25);
      const { disclosureId, entry } = share(script, {
        by: youthOffice,
        to: probation,
        what: ['education'],
        instead: { derivedFrom: [first.disclosureId] },
      });
      script.pass(youthOffice, 24, 72);
      const invalidation = script.record(youthOffice, 'DisclosureInvalidated', {
        causedBy: entry,
        disclosureId,
        cause: 'incorrect',
        action: 'rectify',
        recipients: [probation.id],
        originator: school.id,
        justification: script.random.pick(wording.wrong),
      });
      script.record(youthOffice, 'RecipientNotified', {
        causedBy: invalidation,
        notified: probation.id,
        notifiedAs: 'recipient',
        disclosureId,
        cause: 'invalidated',
        reached: true,
        invalidation,
      });
      script.pass(probation, 2, 20);
      script.record(probation, 'RecipientActionConfirmed', {
        causedBy: invalidation,
        disclosureId,
        disclosedBy: youthOffice.id,
        action: 'rectify',
        done: true,
      });
      // The school, from which it came, is never told that it is wrong.
      script.intend('QUA-03', youthOffice, invalidation, school.id);
    },
  },
  {
    name: 'CON-01',
    tell(script) {
      const told = passOnOnly(script, { by: prison, to: probation, instead: { conditions: ['delete-after'] } });
      settle(script, told);
      // The agreement binds everything of the prison to its purpose, and the recipient was not told.
      script.intend('CON-01', prison, told.entry, probation.id);
    },
  },
  {
    name: 'CON-02',
    tell(script) {
      const instead = { conditions: ['purpose-only', 'no-onward'] };
      const first = share(script, { by: prison, to: probation, what: ['exit-progress'], instead });
      script.pass(probation, 24 * 20, 24 * 25);
      const second = share(script, {
        by: probation,
        to: police,
        what: ['exit-progress'],
        instead: { derivedFrom: [first.disclosureId] },
      });
      script.intend('CON-02', probation, second.entry, first.disclosureId);
    },
  },
  {
    name: 'REQ-01',
    tell(script) {
      const { random } = script;
      const question = { from: probation, to: prison, purpose: 'exit-support', kind: 'item-request' as const };
      const items = [heldBy(prison, 'exit-progress')];
      const request = ask(script, { ...question, holdings: items, because: wording.request, urgency: 'normal' }, false);
      // A week without a word; then it is decided after all.
      script.pass(prison, 24 * 8, 24 * 9);
      script.record(prison, 'RequestDecided', {
        request: request.entry,
        requester: probation.id,
        decision: 'not-held',
        decidedBy: script.staffOf(prison),
        decidedByFunction: 'Abteilungsleitung',
        justification: random.pick(wording.notHeld),
      });
      script.intend('REQ-01', prison, request.entry);
    },
  },
  {
    name: 'REQ-02',
    tell(script) {
      const { entry } = askOnly(script, { from: probation, to: prison });
      script.intend('REQ-02', prison, entry);
    },
  },
  {
    name: 'DEC-01',
    tell(script) {
      const { decision } = askAndDecide(script, {
        from: probation,
        to: prison,
        outcome: 'refuse',
        decisionInstead: { justification: notGiven },
      });
      script.intend('DEC-01', prison, decision.entry);
    },
  },
  {
    name: 'DEC-02',
    tell(script) {
      const { decision } = askAndDecide(script, {
        from: probation,
        to: prison,
        outcome: 'refuse',
        decisionInstead: { refused: [{ dataCategory: 'detention-record', answersItem: 0, refusalReason: notGiven }] },
      });
      script.intend('DEC-02', prison, decision.entry, '/refused/0');
    },
  },
  {
    name: 'DEC-03',
    tell(script) {
      const { decision } = askAndDecide(script, {
        from: probation,
        to: prison,
        outcome: 'refuse',
        decisionInstead: { decidedByFunction: notGiven },
      });
      script.intend('DEC-03', prison, decision.entry);
    },
  },
  {
    name: 'DEC-04',
    tell(script) {
      const { decision } = askAndDecide(script, {
        from: probation,
        to: prison,
        outcome: 'refuse',
        decisionInstead: {
          dpoConsulted: true,
          dpoAdvice: script.random.pick(wording.dpoAdvice),
          dpoAdviceFollowed: false,
          deviationReason: notGiven,
        },
      });
      script.intend('DEC-04', prison, decision.entry);
    },
  },
  {
    name: 'AUT-01',
    tell(script) {
      const { decision } = askAndDecide(script, {
        from: probation,
        to: prison,
        outcome: 'refuse',
        decisionInstead: { automation: { level: 'automatic', tool: 'risikobewertung', version: '2.4' } },
      });
      script.intend('AUT-01', prison, decision.entry);
    },
  },
  {
    name: 'FBK-01',
    tell(script) {
      const told = passOnOnly(script, { by: prison, to: probation });
      receive(script, told, probation);
      react(script, told, { feedback: undefined, isTakenBack: false });
    },
  },
  {
    name: 'INF-01',
    tell(script) {
      const told = passOnOnly(script, { by: school, to: probation });
      receive(script, told, probation);
      react(script, told, { feedback: 'used', isTakenBack: false });
      script.intend('INF-01', school, told.entry);
    },
  },
  {
    name: 'INT-03',
    tell(script) {
      const told = passOnOnly(script, { by: prison, to: probation });
      script.aside(() => {
        script.pass(probation, 1, 20);
        const received = script.record(probation, 'DisclosureReceived', {
          causedBy: told.entry,
          disclosureId: told.disclosureId,
          disclosedBy: prison.id,
          legalBasisCollect: { ...probation.collect },
          matchesManifest: false,
          conditionsAccepted: [...told.conditions],
        });
        for (const side of [prison, probation]) script.intend('INT-03', side, received);
      });
      react(script, told, { feedback: 'needs-more', isTakenBack: false });
    },
  },
  {
    name: 'AGR-02',
    tell(script) {
      const { by, entry } = share(script, { by: prison, to: probation, instead: { activity: 'vorratshaltung@1' } });
      script.intend('AGR-02', by, entry);
    },
  },
];
