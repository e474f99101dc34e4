import { instantAt } from '#kernel';
import type { JsonObject } from '#statement';
import { dateOf, day, hour } from '../calendar.js';
import { supervisor } from '../network.js';
import type { Script } from '../script.js';
import type { SimulatedAgency } from '../simulated-agency.js';

/** 32 bytes that stand for the hash of something nobody has. */
export const someDigest = 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s';

/** The supervisor asks for something, until a day. @returns the entry of its request */
export const requestByRegulator = (script: Script, of: SimulatedAgency): string =>
  script.record(of, 'RegulatorRequestReceived', {
    authority: supervisor,
    power: 'information',
    receivedAt: instantAt(script.moment),
    answerDue: dateOf(script.moment + 20 * day),
    question: 'Auf welcher Grundlage werden Fallübersichten versandt?',
  });

export function answerRegulator(script: Script, of: SimulatedAgency, regulatorRequest: string): void {
  script.record(of, 'RegulatorRequestAnswered', {
    regulatorRequest,
    authority: supervisor,
    outcome: 'in-full',
    answeredAt: instantAt(script.moment),
    answer: 'Die Grundlage ist im Verzeichnis genannt.',
  });
}

/** An audit with one finding that has to be put right within weeks. */
export const audit = (script: Script, of: SimulatedAgency, finding: JsonObject): string =>
  script.record(of, 'AuditPerformed', {
    kind: 'internal',
    period: { from: dateOf(script.moment - 90 * day), until: dateOf(script.moment) },
    completedOn: dateOf(script.moment),
    findings: [
      {
        severity: 'medium',
        remedyDue: dateOf(script.moment + 20 * day),
        description: 'Der Empfang wird nicht immer eingetragen.',
        ...finding,
      },
    ],
    nextDue: dateOf(script.moment + 700 * day),
    scope: 'Übermittlungen eines Quartals',
  });

/** Somebody checks the log. */
export const verify = (script: Script, by: SimulatedAgency, found: JsonObject): string =>
  script.record(by, 'IntegrityVerified', {
    log: 'entries',
    treeSize: script.random.whole(1_000, 9_000),
    rootHash: someDigest,
    verdict: 'valid',
    checked: ['leaves', 'consistency', 'checkpoint', 'time-stamp'],
    timeStampedAt: instantAt(script.moment - 2 * hour),
    ...found,
  });
