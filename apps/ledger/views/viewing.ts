import type { Caller } from '#access';
import type { Labels, Language } from '#catalogue';
import type { Scope, ViewsDatabase } from '#compliance';
import { DomainError, type Instant } from '#kernel';
import { RimError } from '#platform';
import type { Ledger } from '../ledger.js';
import { ProjectionsLost } from '../projections/threaded-projections.js';

/** How long a query waits for the views to hold what was recorded before it. They are milliseconds behind. */
const patience = 2_000;

/** Named as health names it. */
const viewsAreLost = { pointer: '/views', detail: 'is not well' };

/** Whose entries a caller's views are made from. @throws DomainError `forbidden` for the operator, who can read no block */
export function scopeOf({ role, agency, competentFor }: Caller): Scope {
  if (role === 'operator') throw new DomainError('forbidden', 'views are not for the operator');
  return role === 'regulator' ? { kind: 'competent', agencies: competentFor } : { kind: 'agency', agency };
}

/**
 * Lets whoever has just recorded something find it. Where the views lag further behind, the answer says how far they are.
 *
 * @throws RimError `unavailable` when nothing keeps the views any more
 */
async function upToDate({ store, projections }: Ledger): Promise<void> {
  const size = await store.size('entries');
  await projections.reached(size, AbortSignal.timeout(patience)).catch((error: unknown) => {
    if (error instanceof ProjectionsLost) throw new RimError('unavailable', [viewsAreLost]);
    if (!(error instanceof DOMException)) throw error;
  });
}

/**
 * Answers from the views, once they hold what was recorded before the question came.
 *
 * @param read is told when it is: what is deferred until then is open
 * @throws RimError `unavailable` while their database is away or too busy
 */
export async function viewed<Answer>(
  ledger: Ledger,
  read: (database: ViewsDatabase, now: Instant) => Promise<Answer>,
): Promise<Answer> {
  await upToDate(ledger);
  try {
    return await read(ledger.views.database, ledger.clock.now());
  } catch (error) {
    if (ledger.views.isTransient(error)) throw new RimError('unavailable', [viewsAreLost], { cause: error });
    throw error;
  }
}

/** Said before it where there is more than pages are made from. */
export const whatComesFirst: Labels = {
  en: 'Only what comes first is shown here; the CSV file has all of it.',
  de: 'Gezeigt ist nur, was zuerst ansteht; die CSV-Datei enthält alles.',
};

/** The sentence every answer of a view ends with (domain §6). */
export function completeness(completeUpTo: number, language: Language = 'en'): string {
  if (language === 'de') {
    const how =
      completeUpTo === 0
        ? 'Noch ist nichts aufgezeichnet'
        : `Vollständig wie aufgezeichnet bis Eintrag ${completeUpTo - 1}`;
    return `${how}; was nie aufgezeichnet wurde, kann nicht gezeigt werden.`;
  }
  const how = completeUpTo === 0 ? 'Nothing is recorded yet' : `Complete as recorded up to entry ${completeUpTo - 1}`;
  return `${how}; what was never recorded cannot be shown.`;
}

const stand: Labels = { en: 'As of {}: ', de: 'Stand {}: ' };

/** The same of an earlier moment: up to there it was read, and what was recorded since then is not shown. */
export const completenessThen = (asOf: Instant | null, completeUpTo: number, language: Language): string =>
  (asOf === null ? '' : stand[language].replace('{}', asOf)) + completeness(completeUpTo, language);
