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
  readonly isSilent: boolean;
  /** what it recorded itself, for its supervisor; null where who asks may not know */
  readonly entries: number | null;
  /** requests and disclosures to it, and receipts it recorded for them; null for its supervisor */
  readonly asked: number | null;
  readonly sent: number | null;
  readonly receipts: number | null;
  readonly last: string | null;
}

/**
 * Agencies that are admitted and record nothing. Counts only, and none that could not be made from what who asks may see
 * anyway: an agency learns of another what came back to its own requests and disclosures, a supervisor what its agencies recorded.
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
    asked: column('number', ['requests to it', 'Ersuchen an sie'], 'sort'),
    sent: column('number', ['disclosures to it', 'Übermittlungen an sie'], 'sort'),
    receipts: column('number', ['receipts it recorded', 'von ihr eingetragene Empfänge'], 'sort'),
    lastAt: column('instant', ['last of these entries', 'letzter dieser Einträge'], 'sort'),
  },
  order: { by: 'agency', direction: 'ascending' },
  projections: ['exchanges', 'disclosures', 'judgements'],
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
    .map(({ agency, isSilent, entries: own, asked, sent, receipts, last }) => ({
      agency: null,
      key: agency,
      entry: null,
      cells: {
        agency,
        admittedFrom:
          entries.map(({ type, data }) => admission(type, data, agency)).find((from) => from !== null) ?? null,
        silent: isSilent,
        entries: own,
        asked,
        sent,
        receipts,
        lastAt: last,
      },
    }));

const admission = (type: string, data: RegistryThen['entries'][number]['data'], agency: string): string | null =>
  type === 'AgencyAdmitted' && agencyIn(data, 'agency') === agency ? textIn(data, 'admittedFrom') : null;

/** What an agency sent to others or asked of them, and whether anything came back. */
async function heardFrom(database: ViewsTransaction, agency: AgencyId, now: Instant): Promise<readonly Heard[]> {
  const [sent, asked] = [await sentBy(database, agency, now), await askedBy(database, agency)];
  const heard: Heard[] = [];
  for (const other of new Set([...sent.keys(), ...asked.keys()])) {
    const [disclosures, requests] = [sent.get(other), asked.get(other)];
    const receipts = Number(disclosures?.receipts ?? 0);
    heard.push({
      agency: other,
      isSilent: receipts === 0 && !(await hasSaid(database, other, agency, now)),
      entries: null,
      asked: Number(requests?.asked ?? 0),
      sent: Number(disclosures?.sent ?? 0),
      receipts,
      last:
        [disclosures?.last, requests?.last]
          .flatMap((last) => last ?? [])
          .toSorted()
          .at(-1) ?? null,
    });
  }
  return heard;
}

async function sentBy(database: ViewsTransaction, agency: AgencyId, now: Instant) {
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
  return new Map(rows.map((row) => [row.recipient, row]));
}

async function askedBy(database: ViewsTransaction, agency: AgencyId) {
  const rows = await database
    .selectFrom('recorded_entry')
    .select('addressee')
    .select(({ fn }) => [fn.countAll().as('asked'), fn.max('occurred_at').as('last')])
    .where('issuer', '=', agency)
    .where('type', '=', 'InformationRequested')
    .groupBy('addressee')
    .execute();
  return new Map(rows.flatMap(({ addressee, ...row }) => (addressee === null ? [] : [[addressee, row] as const])));
}

/** Whether a body has recorded anything that is open by now, in an exchange that an agency knows of. */
async function hasSaid(database: ViewsTransaction, body: string, agency: AgencyId, now: Instant): Promise<boolean> {
  const row = await database
    .selectFrom('recorded_entry')
    .select('entry_index')
    .where('issuer', '=', body)
    .where('open_since', '<=', now)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('matter_party')
          .select('matter')
          .whereRef('matter', '=', 'recorded_entry.exchange')
          .where('kind', '=', 'exchange')
          .where('agency', '=', agency)
          .where('shown_from', '<=', now),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
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
    isSilent: !found.has(agency),
    entries: Number(found.get(agency)?.entries ?? 0),
    asked: null,
    sent: null,
    receipts: null,
    last: found.get(agency)?.last ?? null,
  }));
}
