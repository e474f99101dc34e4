import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, count, digest } from '../kind.js';
import type { Given } from '../missing.js';
import { ruleCode } from '../patterns.js';
import { label, said } from '../reading.js';
import { log } from '../vocabularies/log.js';

/** The leaves before an index were deleted; their hashes stay, so every proof still verifies. BDSG 76(4), RET-01. */
export class LogPruned {
  @Required('terms', code(log, ['entries']), 'The registry itself is never pruned.')
  readonly log: Given<string>;

  @Required('terms', count, 'Index of the first leaf that is still held.')
  readonly minimumIndex: Given<number>;

  @Required('terms', digest, "SHA-256 of the register's snapshot that takes the place of the deleted leaves.")
  readonly registerSnapshot: Given<string>;

  @Optional('terms', ruleCode, 'Rule it was done on.')
  readonly rule?: Given<string>;
}

export const logPruned: EntryType = {
  name: 'LogPruned',
  title: { en: 'Log pruned', de: 'Protokoll gekürzt' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'ledger',
  dataVersion: 1,
  data: LogPruned,

  sentence(terms, language) {
    const which = label(log, terms['log'], language);
    const first = said(terms['minimumIndex'], language);
    return language === 'de'
      ? `Protokoll gekürzt (${which}): aufbewahrt ab Eintrag ${first}.`
      : `Log pruned (${which}): held from entry ${first} on.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000040e',
    type: 'LogPruned',
    occurredAt: '2026-11-02T02:00:00.000Z',
    data: {
      log: 'entries',
      minimumIndex: 40960,
      registerSnapshot: 'MzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzM',
      rule: 'RET-01',
    },
  },
};
