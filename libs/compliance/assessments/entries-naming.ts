import type { EntryId, Instant } from '#kernel';
import { inParts } from '../judging/in-parts.js';
import type { SaidTerms } from '../projection.js';
import { enterScope } from '../queries/enter-scope.js';
import type { Scope } from '../scope.js';
import type { ViewsDatabase } from '../views.js';

/** What rules ask about requests, consents, permissions, conferences and disclosures that an entry names. */
const told: readonly string[] = [
  'ConsentRecorded',
  'SecrecyReleaseRecorded',
  'ConsentWithdrawn',
  'OnwardSharingPermitted',
  'DisclosureReceived',
  'ConditionsAccepted',
  'ConferenceConvened',
  'AttendanceRecorded',
  'FeedbackSheetApproved',
  'RequestDecided',
];

/**
 * Finds what is recorded of requests, consents, permissions, conferences and disclosures: by each of their ids, the entries called so and those
 * that name it, as far as rules ask about them. Whether the asker may know of each is to be asked again before it is
 * opened.
 *
 * @param now when it is looked: what is deferred until then is open
 * @param ids entry ids and disclosure ids
 */
export async function entriesNaming(
  database: ViewsDatabase,
  scope: Scope,
  now: Instant,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly EntryId[]>> {
  const rows = await database.transaction().execute(async (transaction) => {
    await enterScope(transaction, scope, now);
    return inParts(ids, (some) =>
      transaction
        .selectFrom('connection')
        .innerJoin('fact', 'fact.entry_index', 'connection.entry_index')
        .select(['connection.handle', 'connection.outward', 'fact.entry_index', 'fact.entry_id', 'fact.said'])
        .distinct()
        .where('connection.handle', 'in', some)
        .orderBy('fact.entry_index')
        .execute(),
    );
  });
  const asked = rows.filter(
    ({ said, outward }) => said !== null && isAsked(JSON.parse(said) as SaidTerms, Number(outward)),
  );
  return new Map(
    [...Map.groupBy(asked, ({ handle }) => handle)].map(([handle, found]) => [
      handle,
      [...new Set(found.map(({ entry_id }) => entry_id as EntryId))],
    ]),
  );
}

/** Only by their own names: what rests on them is much, and says nothing of them. */
const toldByName: readonly string[] = ['InformationRequested', 'InformationDisclosed'];

const isAsked = ({ type }: SaidTerms, outward: number): boolean =>
  told.includes(type) || (toldByName.includes(type) && outward === 0);
