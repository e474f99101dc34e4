import { agenciesIn, numberIn, textIn, vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import { factsOf, has, textsOf, type Fact } from '../../rules/matter.js';
import { instantIn } from '../../rules/moments.js';
import { coded, column } from '../columns.js';
import { lineRow } from '../line-row.js';
import type { Row, RowsView } from '../view.js';

const lines = vocabulary('integrity-line', 1, {
  check: { en: 'check', de: 'Überprüfung' },
  outage: { en: 'outage', de: 'Ausfall' },
});

/** GDPR 32(1), LED 29; INT-01. What the agency found when it checked a log itself, and what did not work. */
export const v16Checks: RowsView = {
  id: 'V16',
  name: 'integrity-checks',
  title: { en: 'Checks of integrity and outages', de: 'Überprüfungen der Unversehrtheit und Ausfälle' },
  question: {
    en: 'When did we check the log, what was found, and what did not work when?',
    de: 'Wann haben wir das Protokoll überprüft, was wurde festgestellt, und was ist wann ausgefallen?',
  },
  columns: {
    line: coded('code', lines, ['line', 'Zeile'], 'filter'),
    at: column('instant', ['at', 'am'], 'filter', 'sort'),
    log: coded('code', 'log', ['log', 'Protokoll'], 'filter'),
    verdict: coded('code', 'verdict', ['verdict', 'Ergebnis'], 'filter'),
    checked: coded('codes', 'integrity-check', ['what was checked', 'was überprüft wurde'], 'filter'),
    entries: column('number', ['entries covered', 'erfasste Einträge'], 'sort'),
    root: column('reference', ['root hash', 'Wurzelhash']),
    firstFault: column('number', ['first entry with a fault', 'erster fehlerhafter Eintrag']),
    countersignedBy: column('agencies', ['countersigned by', 'gegengezeichnet von'], 'filter'),
    timeStampedAt: column('instant', ['time stamp', 'Zeitstempel']),
    components: coded('codes', 'component', ['what did not work', 'was ausgefallen ist'], 'filter'),
    until: column('instant', ['until', 'bis'], 'sort'),
    lasting: column('flag', ['still lasting', 'dauert an'], 'filter'),
    entriesUnsealed: column('number', ['not sealed in time', 'nicht rechtzeitig versiegelt']),
  },
  order: { by: 'at', direction: 'descending' },
  about: 'exchange',
  reads: ['IntegrityVerified', 'SystemOutageRecorded'],
  rows: (matter, agency) => [
    ...factsOf(matter, 'IntegrityVerified')
      .filter(({ issuer }) => issuer === agency)
      .map(checkRow),
    ...factsOf(matter, 'SystemOutageRecorded')
      .filter((outage) => affects(outage, agency))
      .map(outageRow),
  ],
};

/** Where an outage names nobody, it was everybody's. */
const affects = ({ terms }: Fact, agency: AgencyId): boolean =>
  !has(terms, 'agenciesAffected') || agenciesIn(terms, 'agenciesAffected').includes(agency);

const checkRow = (check: Fact): Row =>
  rowOf('check', check, {
    log: textIn(check.terms, 'log'),
    verdict: textIn(check.terms, 'verdict'),
    checked: textsOf(check.terms, 'checked'),
    entries: numberIn(check.terms, 'treeSize'),
    root: textIn(check.terms, 'rootHash'),
    firstFault: numberIn(check.terms, 'firstFault'),
    countersignedBy: agenciesIn(check.terms, 'countersignedBy'),
    timeStampedAt: instantIn(check.terms, 'timeStampedAt'),
  });

const outageRow = (outage: Fact): Row =>
  rowOf('outage', outage, {
    at: instantIn(outage.terms, 'from') ?? outage.occurredAt,
    components: textsOf(outage.terms, 'components'),
    until: instantIn(outage.terms, 'until'),
    lasting: !has(outage.terms, 'until'),
    entriesUnsealed: numberIn(outage.terms, 'entriesUnsealed'),
  });

const rowOf = (line: string, fact: Fact, cells: Row['cells']): Row => lineRow(v16Checks, line, fact, cells);
