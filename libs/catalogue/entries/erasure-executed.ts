import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, date, list, nested, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { Period } from '../period.js';
import { codes, enumerated, label, said } from '../reading.js';
import { erasureReach } from '../vocabularies/erasure-reach.js';
import { erasureReason } from '../vocabularies/erasure-reason.js';
import { retentionClass } from '../vocabularies/retention-class.js';

/**
 * The tombstone of an erasure. GDPR 5(1)(e), 17; BDSG 76(4); RET-01, RET-04. No envelope and no free text: there is no
 * field that could say who or what was erased. Only who runs the ledger knows that rows, keys, views and backups are all
 * gone, so the operator records it, once more when the backups follow. What an agency erases in its own systems is a
 * `ProcessingOperationLogged`.
 */
export class ErasureExecuted {
  @Required('terms', agency, 'Agency whose entries they were.')
  readonly agency: Given<string>;

  @Required('terms', agency, 'Body that executed it; never a person.')
  readonly executor: Given<string>;

  @Required('terms', list(code(retentionClass), 1))
  readonly retentionClasses: Given<readonly string[]>;

  @Required('terms', nested(Period), 'Days on which what was erased had been recorded.')
  readonly recorded: Given<Period>;

  @Required('terms', code(erasureReason))
  readonly reason: Given<string>;

  @Required('terms', reference, 'Rule of retention it follows, rule@version.')
  readonly rule: Given<string>;

  @Required('terms', list(code(erasureReach)), 'Where it has arrived: RET-04.')
  readonly reached: Given<readonly string[]>;

  @Required('terms', count)
  readonly rowsDeleted: Given<number>;

  @Required('terms', count)
  readonly keysDestroyed: Given<number>;

  @Required('terms', date, 'Last day on which a backup still holds it: RET-04.')
  readonly backupsClearBy: Given<string>;

  @Optional('terms', count, 'Entries that lost a part.')
  readonly entriesAffected?: Given<number>;

  @Optional('terms', count, 'Entries that were due and are kept by a hold.')
  readonly entriesHeld?: Given<number>;

  @Optional('terms', uuid, 'Entry id of the erasure that this one completes.')
  readonly completes?: Given<string>;
}

export const erasureExecuted: EntryType = {
  name: 'ErasureExecuted',
  title: { en: 'Erasure executed', de: 'Löschung durchgeführt' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'operator',
  dataVersion: 1,
  data: ErasureExecuted,

  sentence(terms, language) {
    const whose = said(terms['agency'], language);
    const why = label(erasureReason, terms['reason'], language);
    const where = enumerated(codes(erasureReach, terms['reached'], language), language);
    return language === 'de'
      ? `Löschung für ${whose} durchgeführt (${why}): ${where}.`
      : `Erasure executed for ${whose} (${why}): ${where}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000315',
    type: 'ErasureExecuted',
    occurredAt: '2026-10-01T22:00:00.000Z',
    data: {
      agency: 'police.example',
      executor: 'host.example',
      retentionClasses: ['record', 'decision'],
      recorded: { from: '2026-03-01', until: '2026-03-31' },
      reason: 'review',
      rule: 'retention-of-records@1',
      reached: ['rows', 'keys', 'views'],
      rowsDeleted: 24,
      keysDestroyed: 6,
      backupsClearBy: '2026-10-29',
      entriesAffected: 9,
      entriesHeld: 2,
    },
  },
};
