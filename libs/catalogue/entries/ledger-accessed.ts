import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, digest, flag, list, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { codes, enumerated, label, said } from '../reading.js';
import { accessPurpose } from '../vocabularies/access-purpose.js';
import { block } from '../vocabularies/block.js';
import { role } from '../vocabularies/role.js';

/** Who looked, durable before the first byte is shown. LED 25(2), BDSG 76(3). */
export class LedgerAccessed extends Envelope {
  @Required('terms', agency, 'Body that looked.')
  readonly agency: Given<string>;

  @Required('terms', code(role))
  readonly role: Given<string>;

  @Required('terms', code(accessPurpose))
  readonly accessPurpose: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Required('terms', flag, 'The body whose entry it is learns of it only when it is released.')
  readonly hiddenFromOwner: Given<boolean>;

  @Optional('terms', uuid, 'Entry that was opened.')
  readonly entry?: Given<string>;

  @Optional('terms', agency, 'Body that recorded what was opened.')
  readonly owner?: Given<string>;

  @Optional('terms', list(code(block)), 'Blocks that were opened.')
  readonly blocks?: Given<readonly string[]>;

  @Optional('people', digest, 'Keyed digest of what was searched for.')
  readonly queryDigest?: Given<string>;

  @Optional('terms', count, 'How many entries a search found.')
  readonly matches?: Given<number>;
}

export const ledgerAccessed: EntryType = {
  name: 'LedgerAccessed',
  title: { en: 'Ledger accessed', de: 'Einsicht genommen' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'ledger',
  dataVersion: 1,
  data: LedgerAccessed,

  sentence(terms, language) {
    const who = `${said(terms['agency'], language)} (${label(role, terms['role'], language)})`;
    const why = label(accessPurpose, terms['accessPurpose'], language);
    const what = enumerated(codes(block, terms['blocks'], language), language);
    return language === 'de'
      ? `Einsicht durch ${who}: ${what}; Zweck: ${why}.`
      : `Looked at by ${who}: ${what}; purpose: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000000c',
    type: 'LedgerAccessed',
    occurredAt: '2026-03-11T08:00:00.000Z',
    data: {
      agency: 'youth-office.example',
      role: 'dpo',
      accessPurpose: 'lawfulness-check',
      actor: 'staff-0007',
      hiddenFromOwner: false,
      entry: '0195a6f0-0001-7000-8000-000000000005',
      owner: 'youth-office.example',
      blocks: ['people', 'told', 'staff', 'reasons'],
    },
  },
};
