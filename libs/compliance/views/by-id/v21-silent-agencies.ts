import { agencyIn, textIn } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import type { RegistryThen } from '../../registry/registry-history.js';
import { oneOf } from '../../queries/one-of.js';
import type { ViewsTransaction } from '../../views.js';
import type { AnsweredRow } from '../asked.js';
import type { AskedView } from '../asked-view.js';
import { column } from '../columns.js';
import { pageOf } from '../page-of.js';

/** What is known of how much an agency records. */
export interface Heard {
  readonly agency: string;
  /** what it recorded itself, for its supervisor; null where who asks may not know */
  readonly entries: number | null;
  /** disclosures to it, and receipts it recorded for them; null for its supervisor */
  readonly sent: number | null;
  readonly receipts: number | null;
  readonly last: string | null;
}

/**
 * Agencies that are admitted and record nothing. Counts only, and none that could not be made from what who asks may see
 * anyway: an agency learns of another what came back to its own disclosures, a supervisor what its agencies recorded.
 */
export const v21Silent: AskedView = {
  id: 'V21',
  name: 'silent-agencies',
  title: { en: 'Silent agencies', de: 'Stellen ohne Einträge' },
  question: {
    en: 'Which agencies are admitted, and nothing is heard of them?',
    de: 'Welche Stellen sind zugelassen, ohne dass etwas von ihnen eingetragen ist?',
  },
  columns: {
    agency: column('agency', ['agency', 'Stelle'], 'filter', 'sort'),
    admittedFrom: column('instant', ['admitted from', 'zugelassen ab'], 'sort'),
    silent: column('flag', ['silent', 'ohne Einträge'], 'filter'),
    entries: column('number', ['entries', 'Einträge'], 'sort'),
    sent: column('number', ['disclosures to it', 'Übermittlungen an sie'], 'sort'),
    receipts: column('number', ['receipts it recorded', 'von ihr eingetragene Empfänge'], 'sort'),
    lastAt: column('instant', ['last entry or disclosure', 'letzter Eintrag oder letzte Übermittlung'], 'sort'),
  },
  order: { by: 'agency', direction: 'ascending' },
  projections: ['exchanges', 'disclosures'],
  async ask({ database, scope, registry, now, asked }) {
    const heard =
      scope.kind === 'agency'
        ? await heardFrom(database, scope.agency, now)
        : await recordedBy(database, scope.agencies);
    return pageOf(v21Silent, silentRows(heard, registry, now), asked);
  },
};

/** Of those that are members at a moment. */
export const silentRows = (
  heard: readonly Heard[],
  { registry, entries }: Pick<RegistryThen, 'registry' | 'entries'>,
  now: Instant,
): readonly AnsweredRow[] =>
  heard
    .filter(({ agency }) => registry.isMember(agency as AgencyId, now))
    .map(({ agency, entries: own, sent, receipts, last }) => ({
      agency: null,
      key: agency,
      entry: null,
      cells: {
        agency,
        admittedFrom:
          entries.map(({ type, data }) => admission(type, data, agency)).find((from) => from !== null) ?? null,
        silent: (own ?? receipts ?? 0) === 0,
        entries: own,
        sent,
        receipts,
        lastAt: last,
      },
    }));

const admission = (type: string, data: RegistryThen['entries'][number]['data'], agency: string): string | null =>
  type === 'AgencyAdmitted' && agencyIn(data, 'agency') === agency ? textIn(data, 'admittedFrom') : null;

/** What came back to the disclosures of an agency. */
async function heardFrom(database: ViewsTransaction, agency: AgencyId, now: Instant): Promise<readonly Heard[]> {
  const rows = await database
    .selectFrom('disclosure')
    .select('recipient')
    .select(({ fn }) => [
      fn.count('entry_index').distinct().as('sent'),
      fn.count('entry_index').distinct().filterWhere('received_since', '<=', now).as('receipts'),
      fn.max('occurred_at').as('last'),
    ])
    .where('issuer', '=', agency)
    .where('recipient', '!=', '')
    .groupBy('recipient')
    .execute();
  return rows.map(({ recipient, sent, receipts, last }) => ({
    agency: recipient,
    entries: null,
    sent: Number(sent),
    receipts: Number(receipts),
    last,
  }));
}

/** What agencies recorded, as their supervisor may see it. */
async function recordedBy(database: ViewsTransaction, agencies: readonly AgencyId[]): Promise<readonly Heard[]> {
  const rows = await database
    .selectFrom('recorded_entry')
    .select('issuer')
    .select(({ fn }) => [fn.countAll().as('entries'), fn.max('occurred_at').as('last')])
    .where(({ ref }) => oneOf(ref('issuer'), agencies))
    .groupBy('issuer')
    .execute();
  const found = new Map(rows.map((row) => [row.issuer, row]));
  return agencies.map((agency) => ({
    agency,
    entries: Number(found.get(agency)?.entries ?? 0),
    sent: null,
    receipts: null,
    last: found.get(agency)?.last ?? null,
  }));
}
