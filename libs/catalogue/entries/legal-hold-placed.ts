import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, line, list, nested, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { Period } from '../period.js';
import { label, said } from '../reading.js';
import { legalHoldGround } from '../vocabularies/legal-hold-ground.js';
import { retentionClass } from '../vocabularies/retention-class.js';

/**
 * Stops erasure of the agency's own entries for a time; RET-03. What is held is named as narrowly as possible: a hold
 * without entries, exchanges, classes or days, and without a case, holds everything. It belongs to no exchange, so that
 * no partner learns of proceedings from it.
 */
export class LegalHoldPlaced extends Envelope {
  @Required('terms', code(legalHoldGround))
  readonly ground: Given<string>;

  @Required('terms', line, 'Act, section, paragraph, or the order.')
  readonly provision: Given<string>;

  @Required('terms', date, 'Last day of the hold.')
  readonly until: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional(
    'terms',
    date,
    'Last day on which it is reviewed, at most three months ahead by policy; where it goes on, a new hold is `causedBy` it.',
  )
  readonly reviewDue?: Given<string>;

  @Optional('terms', list(uuid), 'Ids of the entries that are held.')
  readonly entries?: Given<readonly string[]>;

  @Optional('terms', list(uuid), 'Exchanges whose entries are held.')
  readonly exchanges?: Given<readonly string[]>;

  @Optional('terms', list(code(retentionClass)), 'Classes that are held; all where absent.')
  readonly retentionClasses?: Given<readonly string[]>;

  @Optional('terms', nested(Period), 'Days on which what is held was recorded.')
  readonly recorded?: Given<Period>;
}

export const legalHoldPlaced: EntryType = {
  name: 'LegalHoldPlaced',
  title: { en: 'Legal hold placed', de: 'Löschsperre gesetzt' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: LegalHoldPlaced,
  retention: { reasons: 'decision' },
  matter: { kind: 'legal-hold' },

  sentence(terms, language) {
    const why = label(legalHoldGround, terms['ground'], language);
    const until = said(terms['until'], language);
    return language === 'de'
      ? `Löschsperre gesetzt bis: ${until} (${why}).`
      : `Legal hold placed until: ${until} (${why}).`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000313',
    type: 'LegalHoldPlaced',
    occurredAt: '2026-05-05T08:00:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4720',
      case: 'case-7f3a',
      ground: 'control-procedure',
      provision: 'Order of the supervisor of 4 May 2026',
      until: '2026-11-05',
      reviewDue: '2026-08-05',
      exchanges: ['0195a6f0-0002-7000-8000-000000000001'],
      retentionClasses: ['log'],
      recorded: { from: '2026-03-01', until: '2026-03-31' },
      justification: 'The supervisor checks the disclosures of March 2026.',
    },
  },
};
