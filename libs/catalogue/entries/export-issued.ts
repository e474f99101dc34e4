import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, flag, line, list, nested, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { accessPurpose } from '../vocabularies/access-purpose.js';
import { log } from '../vocabularies/log.js';
import { role } from '../vocabularies/role.js';

/** What the leak test kept back from the person concerned: annex C of the domain. */
export class LeakTestCounts {
  @Required('terms', count, 'Entries left out, because they or what they reveal may not be told yet.')
  readonly removed: Given<number>;

  @Required(
    'terms',
    count,
    'Entries told in documents only, because they speak of others, too, or hold withheld reasons.',
  )
  readonly masked: Given<number>;
}

/** More agencies than one supervisor is competent for. */
const mostOwners = 2_000;

/** A trail that left the ledger, durable before its first byte. LED 25(3), 15(4), 26; GDPR 31, 58. */
export class ExportIssued extends Envelope {
  @Required('terms', uuid, 'Id of the trail.')
  readonly exportId: Given<string>;

  @Required('terms', agency)
  readonly recipient: Given<string>;

  @Required('terms', code(role))
  readonly role: Given<string>;

  @Required('terms', code(accessPurpose))
  readonly accessPurpose: Given<string>;

  @Required('terms', code(log))
  readonly log: Given<string>;

  @Required('terms', count, 'Index of the first leaf.')
  readonly from: Given<number>;

  @Required('terms', count, 'Index after the last leaf.')
  readonly to: Given<number>;

  @Required('terms', reference, 'What the export contains: the name of its profile.')
  readonly profile: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', count, "Number of entries of the recipient's last checkpoint.")
  readonly since?: Given<number>;

  @Optional('terms', count, 'Number of entries, where it is not all between the first and the last.')
  readonly selected?: Given<number>;

  @Optional('terms', nested(LeakTestCounts))
  readonly leakTest?: Given<LeakTestCounts>;

  @Optional('terms', line, 'Order or provision it was issued on.')
  readonly basis?: Given<string>;

  @Optional('terms', list(agency, 0, mostOwners), 'Bodies whose entries it holds, or may hold.')
  readonly owners?: Given<readonly string[]>;

  @Optional('terms', flag, 'The bodies whose entries it holds learn of it only when it is released.')
  readonly hiddenFromOwner?: Given<boolean>;
}

export const exportIssued: EntryType = {
  name: 'ExportIssued',
  title: { en: 'Export issued', de: 'Auszug herausgegeben' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'ledger',
  dataVersion: 1,
  data: ExportIssued,

  sentence(terms, language) {
    const to = `${said(terms['recipient'], language)} (${label(role, terms['role'], language)})`;
    const range = `${said(terms['from'], language)}-${said(terms['to'], language)}`;
    const why = label(accessPurpose, terms['accessPurpose'], language);
    return language === 'de'
      ? `Auszug an ${to} herausgegeben: ${label(log, terms['log'], language)} ${range}; Zweck: ${why}.`
      : `Export issued to ${to}: ${label(log, terms['log'], language)} ${range}; purpose: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000000d',
    type: 'ExportIssued',
    occurredAt: '2026-05-04T09:00:00.000Z',
    data: {
      exportId: '0195a6f0-0005-7000-8000-000000000001',
      recipient: 'dpa.example',
      role: 'regulator',
      accessPurpose: 'supervisory-request',
      actor: 'staff-0901',
      log: 'entries',
      from: 0,
      to: 1200,
      since: 800,
      profile: 'trail',
      owners: ['police.example', 'youth-office.example'],
      basis: 'Order of 28 April 2026, GDPR 58(1)(a)',
      hiddenFromOwner: true,
    },
  },
};
