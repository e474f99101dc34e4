import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, digest, instant, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { integrityCheck } from '../vocabularies/integrity-check.js';
import { log } from '../vocabularies/log.js';
import { verdict } from '../vocabularies/verdict.js';

/**
 * What an agency or a supervisor found when it checked a log itself: a ledger that vouches for itself proves nothing.
 * GDPR 5(1)(f), 32; LED 29. Read by INT-01, and by INT-02 as to the time stamp.
 */
export class IntegrityVerified extends Envelope {
  @Required('terms', code(log))
  readonly log: Given<string>;

  @Required('terms', count, 'Number of entries that were covered.')
  readonly treeSize: Given<number>;

  @Required('terms', digest, 'Root hash that was found for them.')
  readonly rootHash: Given<string>;

  @Required('terms', code(verdict))
  readonly verdict: Given<string>;

  @Required('terms', list(code(integrityCheck), 1), 'What was checked; anything else counts as not checked.')
  readonly checked: Given<readonly string[]>;

  @Optional('terms', count, 'Number of entries the log is proved to have grown from.')
  readonly since?: Given<number>;

  @Optional('terms', count, 'Index of the first entry with a fault.')
  readonly firstFault?: Given<number>;

  @Optional('terms', list(agency), 'Bodies whose countersignature was found.')
  readonly countersignedBy?: Given<readonly string[]>;

  @Optional('terms', instant, 'Time of the time stamp that was found.')
  readonly timeStampedAt?: Given<string>;

  @Optional('terms', reference, 'What it was checked with, name@version.')
  readonly tool?: Given<string>;

  @Optional('terms', uuid, 'Id of the trail that was checked.')
  readonly exportId?: Given<string>;

  @Optional('reasons', prose, 'What was found, and what follows from it.')
  readonly note?: Given<string>;
}

export const integrityVerified: EntryType = {
  name: 'IntegrityVerified',
  title: { en: 'Integrity verified', de: 'Unversehrtheit geprüft' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: IntegrityVerified,

  sentence(terms, language) {
    const which = label(log, terms['log'], language);
    const size = said(terms['treeSize'], language);
    const result = label(verdict, terms['verdict'], language);
    return language === 'de'
      ? `Unversehrtheit geprüft (${which}, Zahl der Einträge: ${size}): ${result}.`
      : `Integrity verified (${which}, number of entries: ${size}): ${result}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000316',
    type: 'IntegrityVerified',
    occurredAt: '2026-11-02T02:00:00.000Z',
    data: {
      actor: 'witness-service',
      log: 'entries',
      treeSize: 1200,
      rootHash: 'Nq3Zt5u0m5g1m2xYk0p8k2c1w7bq5w2vYV9m2mV2o0k',
      verdict: 'valid',
      checked: ['leaves', 'consistency', 'checkpoint', 'countersignatures'],
      since: 1140,
      countersignedBy: ['police.example', 'school.example'],
      timeStampedAt: '2026-11-02T01:00:00.000Z',
      tool: 'nachweis@1.0.0',
      exportId: '0195a6f0-0005-7000-8000-000000000303',
      note: 'Checked every night.',
    },
  },
};
