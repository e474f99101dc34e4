import { Optional, Required } from '../field.js';
import type { EntryType } from '../entry-type.js';
import { agency, code, instant, line, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { holidayCalendar } from '../patterns.js';
import { label, said } from '../reading.js';
import { agencyKind } from '../vocabularies/agency-kind.js';
import { pack } from '../vocabularies/pack.js';
import { regime } from '../vocabularies/regime.js';

/** No envelope: the registry log is never pruned and holds no persons. */
export class AgencyAdmitted {
  @Required('terms', agency, 'Issuer of its entries from now on.')
  readonly agency: Given<string>;

  @Required('terms', reference, 'Name of the body in law.')
  readonly name: Given<string>;

  @Required('terms', code(agencyKind))
  readonly kind: Given<string>;

  @Required('terms', code(regime), 'Regime its processing usually falls under.')
  readonly regime: Given<string>;

  @Required('terms', code(pack), 'Rule pack it is checked against.')
  readonly pack: Given<string>;

  @Optional(
    'terms',
    holidayCalendar,
    'Country or region whose holidays count for it, ISO 3166-2 like DE-NW; where it is absent, those of its pack do.',
  )
  readonly calendar?: Given<string>;

  @Required('terms', reference, 'Office to write to; never a person.')
  readonly contactPoint: Given<string>;

  @Required('terms', instant)
  readonly admittedFrom: Given<string>;

  @Optional('terms', agency, 'Supervisory authority that is competent for it.')
  readonly supervisor?: Given<string>;

  @Optional('terms', line, 'Contract or law on which it was admitted.')
  readonly admissionBasis?: Given<string>;
}

export const agencyAdmitted: EntryType = {
  name: 'AgencyAdmitted',
  title: { en: 'Agency admitted', de: 'Stelle aufgenommen' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'operator',
  dataVersion: 1,
  data: AgencyAdmitted,

  sentence(terms, language) {
    const who = `${said(terms['name'], language)} (${label(agencyKind, terms['kind'], language)})`;
    return language === 'de' ? `${who} wurde in das Register aufgenommen.` : `${who} was admitted to the ledger.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000001',
    type: 'AgencyAdmitted',
    occurredAt: '2026-01-05T08:00:00.000Z',
    data: {
      agency: 'youth-office.example',
      name: 'Youth Office of Exampletown',
      kind: 'youth-welfare',
      regime: 'GDPR',
      pack: 'DE-SGB',
      contactPoint: 'Information desk, dataprotection@youth-office.example',
      admittedFrom: '2026-01-05T08:00:00.000Z',
      supervisor: 'dpa.example',
      admissionBasis: 'Operating agreement 2026/1',
    },
  },
};
