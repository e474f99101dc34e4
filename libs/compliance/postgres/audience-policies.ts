import { sql, type RawBuilder } from 'kysely';
import { entryTypes } from '#catalogue';
import type { ViewName, ViewsTransaction } from '../views.js';
import { projectorRole, readerRole } from './layout.js';

/** Evaluated once a statement, not once a row. */
const own = '(SELECT nachweis_control.own_agency())';
const competent = '(SELECT nachweis_control.competent_for())::text[]';
const now = '(SELECT nachweis_control.now())';
const today = '(SELECT nachweis_control.today())';

const shown = `(shown_from <= ${now} AND (shown_until IS NULL OR shown_until > ${now}))`;

const knownMatter = (table: string): string =>
  `EXISTS (SELECT FROM matter_party AS party WHERE party.matter = ${table}.matter AND party.kind = ${table}.kind)`;

const knownCorrection = (table: string): string =>
  `EXISTS (SELECT FROM correction_party AS party WHERE party.entry_index = ${table}.entry_index)`;

/** A sealed entry is nobody else's; of what is never shown without another one it is said apart who knows of it. */
const notByItself = [...entryTypes.values()]
  .filter(({ name, shownWith }) => name === 'SealedEntryRecorded' || shownWith !== undefined)
  .map(({ name }) => `'${name}'`);

const saysOpen = `(jsonb_typeof(said::jsonb #> '{terms,visibility}') IS DISTINCT FROM 'string'
  OR said::jsonb #>> '{terms,visibility}' = 'open')`;

/**
 * As for the views: neither sealed, nor of another visibility than open, unless that was deferred and is over. A day
 * alone defers, and for good where it is said to be missing: what then stands there is not below any day. What is erased
 * says nothing any more but that it was there.
 */
const isOpen = `said IS NULL OR coalesce(said::jsonb ->> 'type' NOT IN (${notByItself.join()}), false) AND (
    ${saysOpen} AND said::jsonb #> '{terms,hiddenUntil}' IS NULL
    OR ((${saysOpen} OR said::jsonb #>> '{terms,visibility}' = 'deferred-until')
      AND said::jsonb #>> '{terms,hiddenUntil}' COLLATE "C" < ${today}))`;

/**
 * Which rows a reader may see: the rule of the queries again, table by table, so that a query that forgets its own
 * shows nothing it must not. One of `own` and `competent` is set in a reading transaction, and `now`; with neither every
 * rule is false. A rule that names another view means what the reader may see of that one.
 */
const audiences: Readonly<Record<ViewName, string>> = {
  // What was said in matters the reader knows something of, for looking back: own acts, and what others do not hide.
  // A correction is told to whoever knows what it corrects, wherever it stands, and to nobody else.
  connection: `${knownMatter('connection')} OR ${knownCorrection('connection')}`,
  fact: `issuer = ${own} OR issuer = ANY (${competent})
    OR ((${isOpen}) AND EXISTS (SELECT FROM matter WHERE matter.entry_index = fact.entry_index))
    OR ${knownCorrection('fact')}`,
  judgement: `(agency = ${own} OR agency = ANY (${competent})) AND shown_from <= ${now}`,
  // That something of an agency is erased has no party of its own: it is that agency's to know.
  matter: `${knownMatter('matter')} OR ${knownCorrection('matter')} OR (kind = 'erased' AND (matter = ${own} OR matter = ANY (${competent})))`,
  matter_party: `(agency = ${own} OR agency = ANY (${competent})) AND shown_from <= ${now}`,
  note: `agency = ${own} OR agency = ANY (${competent})`,
  access: `EXISTS (SELECT FROM access_party AS party WHERE party.entry_index = access.entry_index)`,
  access_party: `(agency = ${own} AND hidden = 0) OR agency = ANY (${competent})`,
  correction_party: `(agency = ${own} OR agency = ANY (${competent})) AND shown_from <= ${now}`,
  disclosure: `issuer = ${own} OR issuer = ANY (${competent}) OR (recipient = ${own} AND open_since <= ${now})`,
  // What was recorded about a disclosure, for whoever may see the disclosure.
  disclosure_response: `(open_since <= ${now} OR issuer = ${own} OR issuer = ANY (${competent}))
    AND EXISTS (SELECT FROM disclosure WHERE disclosure.exchange = disclosure_response.exchange)`,
  // An exchange as the agency sees it, where it is a party of it; a supervisor's view of it is made from its entries.
  exchange: `${shown} AND coalesce(nullif(standing::jsonb -> 'own' -> ${own}, 'null'), standing::jsonb -> 'open')
    -> 'parties' ? ${own}`,
  recorded_entry: `issuer = ${own} OR issuer = ANY (${competent})
    OR (open_since <= ${now} AND EXISTS (SELECT FROM exchange WHERE exchange.exchange = recorded_entry.exchange))`,
  turn: `agency = ${own} AND ${shown}`,
  view_row: `(agency = ${own} OR agency = ANY (${competent})) AND ${shown}`,
};

/** Puts the wall around the tables of the schema that is first in the search path: rights, and rows by audience. */
export async function buildWall(
  transaction: ViewsTransaction,
  schema: string,
  tables: readonly ViewName[],
): Promise<void> {
  const [into, projector, reader] = [schema, projectorRole, readerRole].map((name) => sql.id(name));
  await sql`
    GRANT USAGE ON SCHEMA ${into} TO ${projector}, ${reader};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${into} TO ${projector};
    GRANT SELECT ON saved_position TO ${reader};
    GRANT SELECT (name, entry_index) ON quarantined_entry TO ${reader}`.execute(transaction);
  for (const table of tables) await wallAround(transaction, table);
  await allowVacuum(transaction, into);
}

async function wallAround(transaction: ViewsTransaction, name: ViewName): Promise<void> {
  const [table, projector, reader] = [name, projectorRole, readerRole].map((one) => sql.id(one));
  await sql`
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    CREATE POLICY folding ON ${table} TO ${projector} USING (true) WITH CHECK (true);
    CREATE POLICY audience ON ${table} FOR SELECT TO ${reader} USING (${sql.raw(audiences[name])});
    GRANT SELECT ON ${table} TO ${reader}`.execute(transaction);
}

/** From PostgreSQL 17 on, whoever folds may also clean up after an erasure. */
async function allowVacuum(transaction: ViewsTransaction, schema: RawBuilder<unknown> | undefined): Promise<void> {
  const { rows } =
    await sql`SELECT FROM pg_settings WHERE name = 'server_version_num' AND setting::int >= 170000`.execute(
      transaction,
    );
  if (rows.length > 0 && schema) {
    await sql`GRANT MAINTAIN ON ALL TABLES IN SCHEMA ${schema} TO ${sql.id(projectorRole)}`.execute(transaction);
  }
}
