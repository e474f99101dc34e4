import type { LogName } from '#kernel';
import { completeUpTo } from '../../saved-positions.js';
import type { AnsweredRow } from '../asked.js';
import type { AskedView, Question, SignedLog } from '../asked-view.js';
import { coded, column } from '../columns.js';
import { pageOf } from '../page-of.js';
import { v16Checks } from './v16-integrity-checks.js';

const projections = ['judgements'];

/**
 * GDPR 5(1)(f), LED 29; INT-01, INT-02. One line a log. What this says the ledger says of itself: whoever wants to know
 * checks it, and then stands here as the one who did.
 */
export const v16: AskedView = {
  id: 'V16',
  name: 'integrity',
  title: { en: 'Integrity', de: 'Unversehrtheit' },
  question: {
    en: 'How many entries are there, how many are sealed, and when was that last checked?',
    de: 'Wie viele Einträge gibt es, wie viele sind versiegelt, und wann wurde das zuletzt überprüft?',
  },
  columns: {
    log: coded('code', 'log', ['log', 'Protokoll'], 'filter', 'sort'),
    entries: column('number', ['number of entries', 'Zahl der Einträge'], 'sort'),
    sealed: column('number', ['sealed', 'versiegelt'], 'sort'),
    notYetSealed: column('number', ['not yet sealed', 'noch nicht versiegelt'], 'sort'),
    root: column('reference', ['root hash', 'Wurzelhash']),
    checkedAt: column('instant', ['last checked by us', 'zuletzt von uns überprüft'], 'sort'),
    verdict: coded('code', 'verdict', ['verdict', 'Ergebnis'], 'filter'),
    entriesChecked: column('number', ['entries checked', 'überprüfte Einträge'], 'sort'),
  },
  order: { by: 'log', direction: 'ascending' },
  projections,
  async ask({ database, registry, logs, asked, rowsOf }) {
    const sizes = { entries: await completeUpTo(database, projections), registry: registry.entries.length };
    return pageOf(v16, integrityRows(logs, sizes, await rowsOf(v16Checks)), asked);
  },
};

/** @param sizes how many entries are known of each log */
export function integrityRows(
  logs: Question['logs'],
  sizes: Readonly<Record<LogName, number>>,
  checks: readonly AnsweredRow[],
): readonly AnsweredRow[] {
  return (['entries', 'registry'] as const).map((log) => {
    const signed = logs.find((one) => one.log === log);
    return rowOf(log, sizes[log], signed, checks);
  });
}

function rowOf(
  log: LogName,
  known: number,
  signed: SignedLog | undefined,
  checks: readonly AnsweredRow[],
): AnsweredRow {
  const [latest] = checks
    .map(({ cells }) => cells)
    .filter((cells) => cells['line'] === 'check' && cells['log'] === log)
    .toSorted((one, other) => (String(one['at']) < String(other['at']) ? 1 : -1));
  const sealed = signed?.sealed ?? 0;
  // Views follow the log: what is sealed is there, whether they have got so far or not.
  const entries = Math.max(known, sealed);
  return {
    agency: null,
    key: log,
    entry: null,
    cells: {
      log,
      entries,
      sealed,
      notYetSealed: entries - sealed,
      root: signed?.root ?? null,
      checkedAt: latest?.['at'] ?? null,
      verdict: latest?.['verdict'] ?? null,
      entriesChecked: latest?.['entries'] ?? null,
    },
  };
}
