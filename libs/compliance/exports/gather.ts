import { answer, type Complete } from '../queries/answer.js';
import type { Scope } from '../scope.js';
import type { ViewsDatabase, ViewsTransaction } from '../views.js';
import { entriesOfExport, foundByCorrection } from './entries-of-export.js';
import { entriesWanted, judgedCounts, wantedInParts, type Wanted } from './entries-wanted.js';
import type { ExportedEntry, ExportProfile, JudgedCount } from './export-profile.js';
import { leakTestContext, type Surroundings } from './leak-test-context.js';
import type { LeakTestContext } from './leak-test.js';
import { inOrder } from './naming-entries.js';
import { Tally } from './tally.js';

type KnownOfViews = Omit<LeakTestContext, 'withholding'>;

/** What belongs to an export, before the leak test. */
export interface Gathered extends Complete {
  readonly entries: readonly ExportedEntry[];
  /** of a quarter, in the place of its entries: of those there are as many as there are */
  readonly tally: Tally | null;
  readonly judged: readonly JudgedCount[];
  /** for profiles with a leak test; which entries hold reasons kept from the person is known to who opens their blocks */
  readonly context: KnownOfViews | null;
}

/**
 * Reads from the views, at one moment, what an export is made of.
 *
 * @throws DomainError `invalid-body` for more entries than an export can have
 */
export const gather = (
  database: ViewsDatabase,
  scope: Scope,
  profile: ExportProfile,
  wanted: Wanted,
  surroundings: Surroundings,
): Promise<Gathered> =>
  answer(database, scope, surroundings.now, ['judgements'], async (transaction) => {
    const isCounted = profile.of === 'quarter';
    const entries = isCounted ? [] : await entriesOfExport(transaction, profile, wanted, surroundings.now);
    return {
      entries,
      tally: isCounted ? await tallyOf(transaction, profile, wanted, surroundings.now) : null,
      judged: profile.of === 'agreement' ? await judgedCounts(transaction, wanted, surroundings.now) : [],
      context: profile.leakTest === true ? await contextOf(transaction, entries, wanted, surroundings) : null,
    };
  });

async function tallyOf(...asked: Parameters<typeof wantedInParts>): Promise<Tally> {
  const tally = new Tally();
  for await (const entries of wantedInParts(...asked)) tally.add(entries);
  return tally;
}

async function contextOf(
  transaction: ViewsTransaction,
  entries: readonly ExportedEntry[],
  wanted: Wanted,
  surroundings: Surroundings,
): Promise<KnownOfViews> {
  const found = await entriesWanted(transaction, aboutTelling, wanted, surroundings.now);
  const corrected = await foundByCorrection(transaction, aboutTelling, wanted, surroundings.now);
  return leakTestContext(transaction, entries, inOrder([...found, ...corrected]), surroundings);
}

/** What an agency records of whether a person may be told, and of whom it recorded that wrongly. */
const aboutTelling = {
  types: ['NotificationDeferred', 'RightsRequestReceived', 'RightsRequestDecided', 'EntryCorrected'],
};
