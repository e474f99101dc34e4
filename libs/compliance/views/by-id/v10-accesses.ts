import { sql, type Expression, type Selectable, type SqlBool } from 'kysely';
import { vocabulary } from '#catalogue';
import type { AgencyId, EntryId } from '#kernel';
import type { AccessTable } from '../../projections/accesses.js';
import { checkedLimit } from '../../queries/answer.js';
import { accessesIn } from '../../queries/find-accesses.js';
import type { Scope } from '../../scope.js';
import { flag } from '../../views.js';
import type { AnsweredRow, Condition, Page } from '../asked.js';
import type { AskedView, Question } from '../asked-view.js';
import { coded, column } from '../columns.js';
import { firstOf } from '../first-of.js';

const kinds = vocabulary('access-kind', 1, {
  look: { en: 'entry opened', de: 'Eintrag geöffnet' },
  search: { en: 'search by person or case', de: 'Suche nach Person oder Fall' },
  export: { en: 'export issued', de: 'Auszug herausgegeben' },
  identity: { en: 'identity resolved', de: 'Identität aufgelöst' },
});

/**
 * LED 25(2), BDSG 76(3), GDPR 15. Bodies, roles and purposes, never members of staff: who it was stands in a block that
 * no view opens, and there is nothing to filter or to sort by. Looks by supervisors and for criminal proceedings stay
 * hidden from who recorded what was looked at until they are released.
 */
export const v10: AskedView = {
  id: 'V10',
  name: 'looks',
  title: { en: 'Who looked, and why', de: 'Wer Einsicht genommen hat, und warum' },
  question: {
    en: 'Who looked at what, in which role and for which purpose?',
    de: 'Wer hat was eingesehen, in welcher Rolle und zu welchem Zweck?',
  },
  columns: {
    at: column('instant', ['when', 'wann'], 'filter', 'sort'),
    kind: coded('code', kinds, ['kind', 'Art'], 'filter'),
    accessor: column('agency', ['body that looked', 'Stelle, die Einsicht nahm'], 'filter'),
    role: coded('code', 'role', ['role', 'Rolle'], 'filter'),
    purpose: coded('code', 'access-purpose', ['purpose', 'Zweck'], 'filter'),
    owners: column('agencies', ['recorded by', 'eingetragen von'], 'filter'),
    entry: column('entry', ['entry', 'Eintrag'], 'filter'),
    blocks: coded('codes', 'block', ['parts opened', 'geöffnete Teile'], 'filter'),
    matches: column('number', ['entries found', 'gefundene Einträge']),
    identity: coded('code', 'identity-kind', ['whose identity', 'wessen Identität'], 'filter'),
    givenTo: column('agency', ['given to', 'mitgeteilt an'], 'filter'),
    profile: column('reference', ['export', 'Auszug'], 'filter'),
    log: coded('code', 'log', ['log', 'Protokoll'], 'filter'),
    first: column('number', ['from entry', 'ab Eintrag']),
    beyond: column('number', ['to before entry', 'bis vor Eintrag']),
    hidden: column('flag', ['hidden from who recorded it', 'verborgen vor der eintragenden Stelle'], 'filter'),
  },
  order: { by: 'at', direction: 'descending' },
  projections: ['accesses'],
  ask,
};

type Access = Selectable<AccessTable>;

/** Rows that happened at once stand in the order in which they were recorded. */
async function ask({ database, scope, asked }: Question): Promise<Page> {
  const { filter, sort, after, limit } = asked;
  const most = checkedLimit(limit);
  const isForwards = sort.direction === 'ascending';
  const compare = (one: Access, other: Access): number => (isForwards ? 1 : -1) * compared(one, other);
  const wanted = { most: most + 1, compare, nameOf: ({ entry_id }: Access) => entry_id };
  const found = await firstOf(scope, wanted, (agency) => {
    const [at, index] = [sql.ref('one.occurred_at'), sql.ref('one.entry_index')];
    const beyond = isForwards ? sql`>` : sql`<`;
    const isAfter =
      after === null
        ? sql<SqlBool>`1 = 1`
        : sql<SqlBool>`(${at}, ${index}) ${beyond} (${after.sorted}, ${Number(after.row)})`;
    const way = isForwards ? ('asc' as const) : ('desc' as const);
    const query =
      agency === null
        ? database
            .selectFrom('access as one')
            .innerJoin('access', 'access.entry_index', 'one.entry_index')
            .where(accessesIn(scope))
        : partiesOf(database, scope, agency);
    return query
      .selectAll('access')
      .where(({ and }) => and(filter.map(matching)))
      .where(isAfter)
      .orderBy(at, way)
      .orderBy(index, way)
      .limit(most + 1)
      .execute();
  });
  const rows = found.slice(0, most);
  const last = found.length > most ? rows.at(-1) : undefined;
  return {
    rows: rows.map(answered),
    next: last === undefined ? null : { sorted: last.occurred_at, row: String(last.entry_index) },
  };
}

/** What concerns one agency, in the order of its index. */
const partiesOf = (database: Question['database'], { kind }: Scope, agency: AgencyId) =>
  database
    .selectFrom('access_party as one')
    .innerJoin('access', 'access.entry_index', 'one.entry_index')
    .where('one.agency', '=', agency)
    .$if(kind === 'agency', (parties) => parties.where('one.hidden', '=', 0));

function compared(one: Access, other: Access): number {
  if (one.occurred_at !== other.occurred_at) return one.occurred_at < other.occurred_at ? -1 : 1;
  return Number(one.entry_index) - Number(other.entry_index);
}

/** Where the cells of a column are kept. */
const kept: ReadonlyMap<string, keyof AccessTable> = new Map([
  ['at', 'occurred_at'],
  ['kind', 'kind'],
  ['accessor', 'accessor'],
  ['role', 'role'],
  ['purpose', 'purpose'],
  ['owners', 'owners'],
  ['entry', 'looked_at'],
  ['blocks', 'blocks'],
  ['identity', 'identity'],
  ['givenTo', 'given_to'],
  ['profile', 'profile'],
  ['log', 'log'],
  ['hidden', 'hidden'],
]);

const signs = { equal: sql`=`, from: sql`>=`, before: sql`<`, upTo: sql`<=` } as const;

/** @throws RangeError for a column that cannot be asked for */
function matching({ column: name, is, value }: Condition): Expression<SqlBool> {
  const place = kept.get(name);
  if (place === undefined) throw new RangeError('no such column');
  // The time stands in the index by which parties are found, too.
  const cell = sql.ref(place === 'occurred_at' ? 'one.occurred_at' : `access.${place}`);
  if (typeof value === 'boolean') return sql<SqlBool>`${cell} = ${flag(value)}`;
  // A list is JSON: one of its texts, with quotes around it, goes away where it stands in it.
  if (place === 'blocks' || place === 'owners')
    return sql<SqlBool>`replace(${cell}, ${JSON.stringify(value)}, '') <> ${cell}`;
  return sql<SqlBool>`(${cell} <> '' and ${cell} ${signs[is]} ${value})`;
}

const answered = (row: Access): AnsweredRow => ({
  agency: null,
  key: row.entry_id,
  entry: row.entry_id as EntryId,
  cells: {
    at: row.occurred_at,
    kind: row.kind,
    accessor: row.accessor || null,
    role: row.role,
    purpose: row.purpose,
    owners: JSON.parse(row.owners) as readonly string[],
    entry: row.looked_at,
    blocks: JSON.parse(row.blocks) as readonly string[],
    matches: numberOf(row.matches),
    identity: row.identity,
    givenTo: row.given_to,
    profile: row.profile,
    log: row.log,
    first: numberOf(row.first_leaf),
    beyond: numberOf(row.beyond_leaf),
    hidden: row.hidden === 1,
  },
});

/** Databases answer whole numbers of this size as text. */
const numberOf = (value: number | null): number | null => (value === null ? null : Number(value));
