import { broken, feedbackWeights, usual } from './calibration.js';
import type { Disclosure } from './disclosure.js';
import { inform } from './informing.js';
import { pseudonym } from './person.js';
import type { Script } from './script.js';
import type { SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

/** What usually follows a disclosure, or does not: receipts, feedback, notices, and at times a correction. */
export function follow(script: Script, disclosure: Disclosure): void {
  const { random } = script;
  const { by, to, disclosureId } = disclosure;
  inform(script, by, [disclosureId]);
  for (const recipient of to) {
    if (receive(script, disclosure, recipient)) script.aside(() => inform(script, recipient, [disclosureId]));
  }
  const isSilent = script.leavesOut(1 - usual.feedbackGiven);
  const feedback = isSilent ? undefined : random.weighted(feedbackWeights);
  const isWrong = feedback === 'wrong';
  const isTakenBack = isWrong || script.errs(usual.invalidated);
  react(script, disclosure, { feedback, isTakenBack });
  if (isTakenBack) invalidate(script, disclosure, isWrong);
}

/**
 * A recipient acknowledges, accepts the conditions, and often takes what it got into its own files. The story's time
 * does not go on.
 *
 * @returns whether the recipient recorded the receipt
 */
export function receive(script: Script, disclosure: Disclosure, recipient: SimulatedAgency): boolean {
  const { random } = script;
  const { by, conditions, disclosureId, entry, holdings, purpose } = disclosure;
  if (script.leavesOut(1 - usual.receiptRecorded)) {
    script.intend('LOG-04', recipient, entry, recipient.id);
    // Who does not answer accepts nothing either.
    if (conditions.length > 0) script.intend('CON-01', recipient, entry, recipient.id);
    return false;
  }
  script.aside(() => {
    script.pass(recipient, 0.2, 40);
    const matchesManifest = !script.errs(broken.manifestDiffers);
    const rejected = conditions.length > 1 && script.leavesOut(broken.conditionRejected) ? conditions.slice(-1) : [];
    const received = script.record(recipient, 'DisclosureReceived', {
      causedBy: entry,
      disclosureId,
      disclosedBy: by.id,
      legalBasisCollect: { ...recipient.collect },
      matchesManifest,
      conditionsAccepted: conditions.filter((condition) => !rejected.includes(condition)),
      ...(rejected.length > 0 && {
        conditionsRejected: rejected.map((condition) => ({ condition, because: random.pick(wording.rejected) })),
      }),
      storedIn: recipient.system,
      onwardBlocked: random.happens(0.6),
    });
    // Both answer for a difference between what was sent and what arrived; who cannot see what was sent, for nothing.
    const answering = script.isHidden(entry) ? [by] : [by, recipient];
    if (!matchesManifest) for (const side of answering) script.intend('INT-03', side, received);
    if (rejected.length > 0) script.intend('CON-01', recipient, entry, recipient.id);
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
  });
  return true;
}

/** Everybody who got it tells what became of it, or nobody does. What is taken back at once needs no feedback. */
export function react(
  script: Script,
  disclosure: Disclosure,
  { feedback, isTakenBack }: { readonly feedback: string | undefined; readonly isTakenBack: boolean },
): void {
  const { random } = script;
  for (const recipient of disclosure.to) {
    if (feedback === undefined) {
      if (!isTakenBack) script.intend('FBK-01', recipient, disclosure.entry, recipient.id);
      continue;
    }
    const tell = (): void => {
      script.pass(recipient, 2 * 24, 20 * 24);
      script.record(recipient, 'FeedbackGiven', {
        causedBy: disclosure.entry,
        disclosureId: disclosure.disclosureId,
        disclosedBy: disclosure.by.id,
        feedback,
        ...(random.happens(0.5) && { remark: random.pick(wording.remark) }),
        correctionNeeded: feedback === 'wrong',
      });
    };
    // A correction follows from the feedback that asks for it.
    if (feedback === 'wrong' && recipient === disclosure.to[0]) tell();
    else script.aside(tell);
  }
}

/** What was wrong is taken back towards everybody who got it; they are told, and most of them confirm. */
export function invalidate(script: Script, disclosure: Disclosure, isWrong: boolean): void {
  const { random } = script;
  const { by, to, disclosureId, entry, holdings } = disclosure;
  const cause = isWrong ? 'incorrect' : random.weighted({ incorrect: 6, superseded: 2, unlawful: 1 });
  const action = cause === 'unlawful' ? 'erase' : random.weighted({ rectify: 8, restrict: 1 });
  script.pass(by, 4, 120);
  const invalidation = script.record(by, 'DisclosureInvalidated', {
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
    script.aside(() => {
      script.pass(by, 0.1, 5);
      notify(script, disclosure, recipient, { invalidation, action });
      if (script.leavesOut(1 - usual.confirmed)) {
        // What was only superseded need not be confirmed.
        if (cause !== 'superseded') script.intend('QUA-02', recipient, invalidation, recipient.id);
        return;
      }
      script.pass(recipient, 2, 30);
      const done = random.happens(0.94);
      script.record(recipient, 'RecipientActionConfirmed', {
        causedBy: invalidation,
        disclosureId,
        disclosedBy: by.id,
        action,
        done,
        ...(!done && { notDoneBecause: random.pick(wording.notDone) }),
      });
    });
  }
}

export function notify(
  script: Script,
  { by, disclosureId }: Disclosure,
  recipient: SimulatedAgency,
  { invalidation, action }: { readonly invalidation: string; readonly action: string },
): string {
  return script.record(by, 'RecipientNotified', {
    causedBy: invalidation,
    notified: recipient.id,
    notifiedAs: 'recipient',
    disclosureId,
    cause: 'invalidated',
    reached: true,
    action,
    channel: 'secure-mail',
    invalidation,
    correctionTold: script.random.pick(wording.correction),
  });
}
