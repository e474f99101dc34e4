import { feedbackWeights, usual } from './calibration.js';
import type { Disclosure } from './disclosure.js';
import { pseudonym } from './person.js';
import type { Script } from './script.js';
import type { SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

/** What usually follows a disclosure, or does not: receipts, feedback, and at times a correction. */
export function follow(script: Script, disclosure: Disclosure): void {
  const { random } = script;
  for (const recipient of disclosure.to) receive(script, disclosure, recipient);
  const [first] = disclosure.to;
  const isWrong = random.happens(usual.feedbackGiven) && giveFeedback(script, disclosure, first) === 'wrong';
  if (isWrong || random.happens(usual.invalidated)) invalidate(script, disclosure, isWrong);
}

/** A recipient acknowledges, accepts the conditions, and often takes what it got into its own files. */
export function receive(script: Script, disclosure: Disclosure, recipient: SimulatedAgency): void {
  const { random } = script;
  const { by, conditions, disclosureId, entry, holdings, purpose } = disclosure;
  if (!random.happens(usual.receiptRecorded)) return;
  script.pass(recipient, 0.2, 40);
  const rejected = conditions.length > 1 && random.happens(0.04) ? conditions.slice(-1) : [];
  const received = script.record(recipient, 'DisclosureReceived', {
    causedBy: entry,
    disclosureId,
    disclosedBy: by.id,
    legalBasisCollect: { ...recipient.collect },
    matchesManifest: random.happens(0.98),
    conditionsAccepted: conditions.filter((condition) => !rejected.includes(condition)),
    ...(rejected.length > 0 && {
      conditionsRejected: rejected.map((condition) => ({ condition, because: random.pick(wording.rejected) })),
    }),
    storedIn: recipient.system,
    onwardBlocked: random.happens(0.6),
  });
  if (!random.happens(usual.keptByRecipient)) return;
  script.pass(recipient, 0.1, 8);
  const file = pseudonym('file', script.person, recipient.id);
  const combines = random.happens(0.25);
  script.record(recipient, 'ProcessingOperationLogged', {
    causedBy: received,
    operation: combines ? 'combine' : 'collect',
    objectRef: file,
    ...(combines && { sources: [file, `${file}/${random.whole(1, 90)}`] }),
    dataCategories: [...new Set(holdings.map(({ dataCategory }) => dataCategory))],
    purpose,
    system: recipient.system,
    legalBasis: { ...recipient.collect },
    ...script.justified(combines ? wording.combining : wording.keeping),
  });
}

function giveFeedback(script: Script, disclosure: Disclosure, recipient: SimulatedAgency): string {
  const { random } = script;
  script.pass(recipient, 48, 36 * 24);
  const feedback = random.weighted(feedbackWeights);
  script.record(recipient, 'FeedbackGiven', {
    causedBy: disclosure.entry,
    disclosureId: disclosure.disclosureId,
    disclosedBy: disclosure.by.id,
    feedback,
    ...(random.happens(0.5) && { remark: random.pick(wording.remark) }),
    correctionNeeded: feedback === 'wrong',
  });
  return feedback;
}

/** What was wrong is taken back towards everybody who got it, and most of them confirm. */
export function invalidate(script: Script, disclosure: Disclosure, isWrong: boolean): void {
  const { random } = script;
  const { by, to, disclosureId, entry, holdings } = disclosure;
  const cause = isWrong ? 'incorrect' : random.weighted({ incorrect: 6, superseded: 2, unlawful: 1 });
  const action = cause === 'unlawful' ? 'erase' : random.weighted({ rectify: 8, restrict: 1 });
  script.pass(by, 4, 120);
  const invalidated = script.record(by, 'DisclosureInvalidated', {
    causedBy: entry,
    disclosureId,
    cause,
    action,
    recipients: to.map(({ id }) => id),
    affectedItems: [random.whole(0, holdings.length - 1)],
    justification: random.pick(wording.wrong),
    correctionTold: random.pick(wording.correction),
  });
  for (const recipient of to) {
    if (!random.happens(usual.confirmed)) continue;
    script.pass(recipient, 2, 90);
    const done = random.happens(0.94);
    script.record(recipient, 'RecipientActionConfirmed', {
      causedBy: invalidated,
      disclosureId,
      disclosedBy: by.id,
      action,
      done,
      ...(!done && { notDoneBecause: random.pick(wording.notDone) }),
    });
  }
}
