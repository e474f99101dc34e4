import { agencyIn, dayIn, isObject, numberIn, textIn } from '#catalogue';
import { ledgerIssuer, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { Temporal } from 'temporal-polyfill';
import { judgementKeyOf } from '../../judging/check-note-key.js';
import { everyRule } from '../../rules/every-rule.js';
import { factsOf, textsOf, type Fact, type Matter } from '../../rules/matter.js';
import { instantIn } from '../../rules/moments.js';
import { coded, column } from '../columns.js';
import { explanationOf } from '../explanation.js';
import type { Row, RowsView } from '../view.js';

/** What is most pressing comes first. */
const weights: ReadonlyMap<string | null, number> = new Map([
  ['urgent', 1],
  ['high', 2],
  ['medium', 3],
  ['low', 4],
]);

/**
 * GDPR 39(1)(b), LED 34. A note holds no words: statement, sources and what would have been right are those of the
 * rule, see `explanationOf`. Why a data protection officer assessed it so stands in a block that no view opens.
 */
export const v1: RowsView = {
  id: 'V1',
  name: 'check-notes',
  title: { en: 'Check notes and findings', de: 'Prüfhinweise und Feststellungen' },
  question: {
    en: 'What did the rules notice, which law says so, and what came of it?',
    de: 'Was ist den Regeln aufgefallen, nach welcher Vorschrift, und was ist daraus geworden?',
  },
  columns: {
    weight: column('number', ['weight (1 is urgent)', 'Gewicht (1 ist dringend)'], 'sort'),
    severity: coded('code', 'severity', ['severity', 'Schwere'], 'filter'),
    rule: column('reference', ['rule', 'Regel'], 'filter', 'sort'),
    ruleVersion: column('number', ['version of the rule', 'Fassung der Regel']),
    pack: column('reference', ['rule pack', 'Regelpaket'], 'filter'),
    kind: coded('code', 'rule-kind', ['law or policy', 'Gesetz oder Vorgabe'], 'filter'),
    outcome: coded('code', 'check-note-outcome', ['noticed', 'bemerkt'], 'filter'),
    lackingInput: coded('code', 'lacking-input', ['why it cannot be decided', 'warum nicht entscheidbar'], 'filter'),
    status: coded('code', 'check-note-status', ['status', 'Stand'], 'filter'),
    finding: column('flag', ['finding', 'Feststellung'], 'filter'),
    about: column('entry', ['about the entry', 'zum Eintrag'], 'filter'),
    part: column('reference', ['part of it', 'Teil davon']),
    facts: column('entries', ['follows from', 'ergibt sich aus'], 'filter'),
    clause: column('reference', ['clause in force then', 'damals geltende Regelung'], 'filter'),
    time: column('number', ['time given', 'Frist']),
    timeUnit: coded('code', 'time-unit', ['unit', 'Einheit']),
    dueAt: column('instant', ['due', 'fällig'], 'filter', 'sort'),
    raisedAt: column('instant', ['raised', 'ausgelöst'], 'filter', 'sort'),
    remedyDue: column('date', ['to be remedied by', 'zu beheben bis'], 'sort'),
    remediedBy: column('entry', ['remedied by', 'behoben durch']),
    referredTo: column('agency', ['referred to', 'abgegeben an'], 'filter'),
    history: coded('codes', 'check-note-status', ['history', 'Verlauf']),
    historyAt: column('references', ['since', 'seit']),
    assessments: column('entries', ['assessments', 'Bewertungen']),
  },
  order: { by: 'weight', direction: 'ascending' },
  asOf: true,
  explain(cells, language) {
    const rule = everyRule.find(({ id }) => id === cells['rule']);
    return rule === undefined ? null : explanationOf(cells, rule, language);
  },
  about: 'check-note',
  reads: ['CheckNoteRaised', 'CheckNoteAssessed'],
  rows: (matter, agency) =>
    factsOf(matter, 'CheckNoteRaised')
      .filter(({ issuer, terms }) => issuer === ledgerIssuer && agencyIn(terms, 'agency') === agency)
      .map((note) => rowOf(note, assessmentsOf(note, matter, agency))),
};

/** Only the agency that a note is for can say what comes of it. */
const assessmentsOf = (note: Fact, matter: Matter, agency: AgencyId): readonly Fact[] =>
  factsOf(matter, 'CheckNoteAssessed').filter(
    ({ issuer, terms }) => issuer === agency && textIn(terms, 'note') === note.id,
  );

function rowOf(note: Fact, assessments: readonly Fact[]): Row {
  const { id, recordedAt: raisedAt, terms } = note;
  const finding = isFinding(assessments);
  const severity = textIn(terms, 'severity');
  return {
    // Rows of one weight stand in the order in which they are due.
    key: `${instantIn(terms, 'dueAt') ?? raisedAt} ${id}`,
    entry: id,
    ...(!finding && { shownUntil: aYearAfter(raisedAt) }),
    cells: {
      weight: weights.get(severity) ?? weights.size + 1,
      severity,
      rule: textIn(terms, 'rule'),
      ruleVersion: numberIn(terms, 'ruleVersion'),
      pack: packOf(terms),
      kind: textIn(terms, 'kind'),
      outcome: textIn(terms, 'outcome'),
      lackingInput: textIn(terms, 'lackingInput'),
      finding,
      ...aboutOf(terms),
      facts: textsOf(terms, 'facts'),
      clause: textIn(terms, 'clause'),
      ...timeOf(terms),
      dueAt: instantIn(terms, 'dueAt'),
      raisedAt,
      ...standingOf(raisedAt, assessments),
    },
  };
}

/** Where it stands, and how it came to stand there. What an assessment leaves unsaid stays as it was. */
function standingOf(raisedAt: Instant, assessments: readonly Fact[]): Row['cells'] {
  const steps = assessments.flatMap(({ occurredAt, terms }) => {
    const status = textIn(terms, 'status');
    return status === null ? [] : [{ status, at: occurredAt }];
  });
  const last = (read: (terms: JsonObject) => string | null): string | null =>
    assessments.map(({ terms }) => read(terms)).findLast((said) => said !== null) ?? null;
  return {
    status: steps.at(-1)?.status ?? 'open',
    remedyDue: last((terms) => dayIn(terms, 'remedyDue')),
    remediedBy: last((terms) => textIn(terms, 'remediedBy')),
    referredTo: last((terms) => agencyIn(terms, 'referredTo')),
    history: ['open', ...steps.map(({ status }) => status)],
    historyAt: [raisedAt, ...steps.map(({ at }) => at)],
    assessments: assessments.map(({ id }) => id),
  };
}

/** Only a data protection officer's confirmation makes it one, and only taking that back unmakes it. */
const isFinding = (assessments: readonly Fact[]): boolean =>
  assessments
    .map(({ terms }) => terms['status'])
    .findLast((status) => status === 'confirmed' || status === 'not-confirmed') === 'confirmed';

function aboutOf(terms: JsonObject): Row['cells'] {
  const [rule, agency, fact] = [textIn(terms, 'rule'), agencyIn(terms, 'agency'), textIn(terms, 'fact')];
  if (rule === null || agency === null || fact === null) return { about: null, part: null };
  const { entry, part } = judgementKeyOf({ rule, agency, fact });
  return { about: entry, part };
}

function timeOf({ deadline }: JsonObject): Row['cells'] {
  if (!isObject(deadline)) return { time: null, timeUnit: null };
  return { time: numberIn(deadline, 'amount'), timeUnit: textIn(deadline, 'unit') };
}

function packOf(terms: JsonObject): string | null {
  const [pack, version] = [textIn(terms, 'pack'), numberIn(terms, 'packVersion')];
  return pack === null || version === null ? pack : `${pack}@${version}`;
}

/** Unconfirmed notes expire: a suspicion that nobody shares must not follow anybody. */
const aYearAfter = (moment: Instant): Instant =>
  Temporal.Instant.from(moment)
    .toZonedDateTimeISO('UTC')
    .add({ years: 1 })
    .toInstant()
    .toString({ fractionalSecondDigits: 3 }) as Instant;
