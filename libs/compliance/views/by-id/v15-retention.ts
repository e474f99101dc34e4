import { agencyIn, dayIn, isObject, numberIn, textIn, vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { factsOf, textsOf, type Fact, type Matter } from '../../rules/matter.js';
import { withLinked } from '../../rules/with-linked.js';
import { coded, column } from '../columns.js';
import { lineRow } from '../line-row.js';
import type { Cell, Row, RowsView } from '../view.js';

const lines = vocabulary('retention-line', 1, {
  review: { en: 'review', de: 'Überprüfung' },
  hold: { en: 'legal hold', de: 'Löschsperre' },
  erasure: { en: 'erasure', de: 'Löschung' },
});

/** Types that show that what a review had set a day for was looked at again: RET-02. */
const laterReviews = ['RetentionReviewed', 'CaseReviewed', 'CaseClosed'];

/**
 * LED 4(1)(e), 5; GDPR 5(1)(e), 17; RET-02 to RET-04. Days are those that entries set. What is due because its longest
 * time is over (RET-01) stands with the deadlines.
 */
export const v15: RowsView = {
  id: 'V15',
  name: 'retention',
  title: { en: 'Retention and erasure', de: 'Aufbewahrung und Löschung' },
  question: {
    en: 'What is to be reviewed or erased by when, what is held, and what was erased and has it arrived everywhere?',
    de: 'Was ist bis wann zu überprüfen oder zu löschen, was ist gesperrt, und was wurde gelöscht und ist es überall angekommen?',
  },
  columns: {
    line: coded('code', lines, ['line', 'Zeile'], 'filter'),
    at: column('instant', ['recorded as of', 'vom'], 'filter', 'sort'),
    open: column('flag', ['still open', 'noch offen'], 'filter'),
    due: column('date', ['due', 'fällig'], 'filter', 'sort'),
    outcome: coded('code', 'retention-outcome', ['outcome', 'Ergebnis'], 'filter'),
    eraseBy: column('date', ['to be erased by', 'zu löschen bis'], 'sort'),
    case: column('entry', ['opening of the case', 'Eröffnung des Falls'], 'filter'),
    ground: coded('code', 'legal-hold-ground', ['why held', 'Grund der Sperre'], 'filter'),
    provision: column('text', ['provision', 'Vorschrift']),
    until: column('date', ['held until', 'gesperrt bis'], 'sort'),
    releasedAt: column('instant', ['released', 'aufgehoben']),
    reason: coded('code', 'erasure-reason', ['why erased', 'Grund der Löschung'], 'filter'),
    rule: column('reference', ['rule of retention', 'Aufbewahrungsregel'], 'filter'),
    retentionClasses: coded('codes', 'retention-class', ['classes', 'Klassen'], 'filter'),
    recordedFrom: column('date', ['recorded from', 'eingetragen ab']),
    recordedUntil: column('date', ['recorded until', 'eingetragen bis']),
    reached: coded('codes', 'erasure-reach', ['arrived at', 'angekommen in'], 'filter'),
    entries: column('number', ['entries', 'Einträge'], 'sort'),
    entriesHeld: column('number', ['kept by a hold', 'durch Sperre erhalten']),
    keysDestroyed: column('number', ['keys destroyed', 'vernichtete Schlüssel']),
  },
  order: { by: 'at', direction: 'descending' },
  about: 'exchange',
  reads: [...laterReviews, 'LegalHoldPlaced', 'LegalHoldReleased', 'ErasureExecuted'],
  rows: (matter, agency) => [
    ...own(matter, agency, 'RetentionReviewed').map((one) => reviewRow(one, matter)),
    ...own(matter, agency, 'LegalHoldPlaced').map((one) => holdRow(one, matter)),
    ...factsOf(matter, 'ErasureExecuted')
      .filter(({ terms }) => agencyIn(terms, 'agency') === agency && textIn(terms, 'completes') === null)
      .map((one) => erasureRow(one, matter)),
  ],
};

const own = (matter: Matter, agency: AgencyId, type: string): readonly Fact[] =>
  factsOf(matter, type).filter(({ issuer }) => issuer === agency);

function reviewRow(review: Fact, matter: Matter): Row {
  const { id, issuer, occurredAt, terms } = review;
  const opening = textIn(terms, 'opening');
  const followed = factsOf(withLinked(matter, opening), ...laterReviews).some(
    (one) => one.issuer === issuer && one.id !== id && one.occurredAt > occurredAt,
  );
  const due = dayIn(terms, 'nextReview');
  return rowOf('review', review, {
    open: due !== null && !followed,
    due,
    outcome: textIn(terms, 'outcome'),
    eraseBy: dayIn(terms, 'eraseBy'),
    case: opening,
  });
}

function holdRow(hold: Fact, matter: Matter): Row {
  const { id, issuer, terms } = hold;
  const released = factsOf(withLinked(matter, id), 'LegalHoldReleased').find(
    (one) => one.issuer === issuer && textIn(one.terms, 'legalHold') === id,
  );
  const isReviewed = factsOf(withLinked(matter, id), 'LegalHoldPlaced').some(
    (one) => one.issuer === issuer && textIn(one.terms, 'causedBy') === id,
  );
  const days = [isReviewed ? null : dayIn(terms, 'reviewDue'), dayIn(terms, 'until')].filter((day) => day !== null);
  return rowOf('hold', hold, {
    open: released === undefined,
    due: released === undefined ? (days.sort()[0] ?? null) : null,
    ground: textIn(terms, 'ground'),
    provision: textIn(terms, 'provision'),
    until: dayIn(terms, 'until'),
    releasedAt: released?.occurredAt ?? null,
    retentionClasses: textsOf(terms, 'retentionClasses'),
    ...recorded(terms),
    entries: Array.isArray(terms['entries']) ? textsOf(terms, 'entries').length : null,
  });
}

/** What completes an erasure is part of it. */
function erasureRow(erasure: Fact, matter: Matter): Row {
  const { id, terms } = erasure;
  const parts = factsOf(withLinked(matter, id), 'ErasureExecuted').filter(
    (one) => one.id === id || textIn(one.terms, 'completes') === id,
  );
  const reached = [...new Set(parts.flatMap((one) => textsOf(one.terms, 'reached')))];
  const isOpen = ['rows', 'keys', 'views', 'backups'].some((place) => !reached.includes(place));
  return rowOf('erasure', erasure, {
    open: isOpen,
    due: isOpen ? dayIn(parts.at(-1)?.terms ?? terms, 'backupsClearBy') : null,
    reason: textIn(terms, 'reason'),
    rule: textIn(terms, 'rule'),
    retentionClasses: textsOf(terms, 'retentionClasses'),
    ...recorded(terms),
    reached,
    entries: numberIn(terms, 'entriesAffected'),
    entriesHeld: numberIn(terms, 'entriesHeld'),
    keysDestroyed: numberIn(terms, 'keysDestroyed'),
  });
}

function recorded({ recorded: period }: JsonObject): Readonly<Record<string, Cell>> {
  if (!isObject(period)) return {};
  return { recordedFrom: dayIn(period, 'from'), recordedUntil: dayIn(period, 'until') };
}

const rowOf = (line: string, fact: Fact, cells: Row['cells']): Row => lineRow(v15, line, fact, cells);
