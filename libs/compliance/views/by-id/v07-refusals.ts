import { agenciesIn, agencyIn, textIn, vocabulary } from '#catalogue';
import { factsOf, has, partsOf, textsOf, type Fact, type Matter } from '../../rules/matter.js';
import { isSameDisclosure } from '../../rules/same-disclosure.js';
import { aboutSame } from '../about-same.js';
import { coded, column } from '../columns.js';
import type { Row, RowsView } from '../view.js';

/** Decisions that give the requester less than was asked for. */
const refusing: ReadonlySet<string | null> = new Set(['refuse', 'grant-partial', 'redirect', 'not-held']);

const refusedActs = vocabulary('refused-act', 1, {
  request: { en: 'request', de: 'Ersuchen' },
  'onward-sharing': { en: 'onward sharing', de: 'Weitergabe' },
});

/** LED 7(2), GDPR 5(2): a refusal is decided as carefully as a disclosure, and seen by both sides. */
export const v7: RowsView = {
  id: 'V7',
  name: 'refusals',
  title: { en: 'Refusals', de: 'Ablehnungen' },
  question: {
    en: 'What was refused, by us and to us, and is it reasoned?',
    de: 'Was wurde abgelehnt, von uns und uns gegenüber, und ist es begründet?',
  },
  columns: {
    decidedAt: column('instant', ['decided', 'entschieden'], 'filter', 'sort'),
    of: coded('code', refusedActs, ['what was refused', 'abgelehnt wurde'], 'filter'),
    requestedBy: column('agency', ['requested by', 'ersuchende Stelle'], 'filter', 'sort'),
    decidedBy: column('agency', ['decided by', 'entscheidende Stelle'], 'filter', 'sort'),
    decision: coded('code', 'decision', ['decision', 'Entscheidung'], 'filter', 'sort'),
    refused: coded('codes', 'data-category', ['refused data', 'abgelehnte Daten'], 'filter'),
    granted: coded('codes', 'data-category', ['granted data', 'gewährte Daten'], 'filter'),
    conditions: coded('codes', 'condition', ['handling conditions', 'Auflagen'], 'filter'),
    reasoned: column('flag', ['reasoned', 'begründet'], 'filter', 'sort'),
    dpoConsulted: column('flag', ['data protection officer asked', 'Datenschutzbeauftragte gefragt'], 'filter'),
    decidedAgain: column('flag', ['decided again later', 'später neu entschieden'], 'filter'),
    redirectedTo: column('agency', ['to be asked instead', 'stattdessen zu fragen'], 'filter'),
    onwardTo: column('agencies', ['not to be passed on to', 'nicht weiterzugeben an'], 'filter'),
  },
  order: { by: 'decidedAt', direction: 'descending' },
  about: 'exchange',
  reads: ['InformationRequested', 'RequestDecided', 'OnwardSharingPermitted', 'OnwardSharingRefused'],

  rows(matter) {
    const requests = factsOf(matter, 'InformationRequested');
    const decisions = factsOf(matter, 'RequestDecided');
    return [
      ...decisions
        .filter(({ terms }) => refusing.has(textIn(terms, 'decision')))
        .map((decision) => rowOf(decision, requests, decisions)),
      ...factsOf(matter, 'OnwardSharingRefused').map((refusal) => onwardRow(refusal, matter)),
    ];
  },
};

function rowOf(decision: Fact, requests: readonly Fact[], decisions: readonly Fact[]): Row {
  const { id, issuer, occurredAt, terms } = decision;
  const request = requests.find((one) => one.id === terms['request']) ?? requests[0];
  const later = decisions.slice(decisions.indexOf(decision) + 1);
  return {
    key: id,
    entry: id,
    cells: {
      decidedAt: occurredAt,
      of: 'request',
      requestedBy: agencyIn(terms, 'requester') ?? request?.issuer ?? null,
      decidedBy: issuer,
      decision: textIn(terms, 'decision'),
      refused: categoriesOf(decision, 'refused'),
      granted: categoriesOf(decision, 'granted'),
      conditions: textsOf(terms, 'conditions'),
      reasoned: has(terms, 'justification'),
      dpoConsulted: terms['dpoConsulted'] === true,
      decidedAgain: later.some((one) => one.issuer === issuer && one.terms['request'] === terms['request']),
      redirectedTo: agencyIn(terms, 'redirectedTo'),
      onwardTo: [],
    },
  };
}

/** LED 9(3): who disclosed refuses it to a recipient. What was disclosed is what may not be passed on. */
function onwardRow(refusal: Fact, matter: Matter): Row {
  const { id, issuer, occurredAt, terms } = refusal;
  const disclosure = aboutSame(matter, refusal, 'InformationDisclosed').find((one) => one.issuer === issuer);
  const answers = factsOf(matter, 'OnwardSharingPermitted', 'OnwardSharingRefused');
  const askedBy = agencyIn(terms, 'askedBy');
  const later = answers
    .slice(answers.indexOf(refusal) + 1)
    .filter((one) => one.issuer === issuer && isSameDisclosure(one, refusal));
  return {
    key: id,
    entry: id,
    cells: {
      decidedAt: occurredAt,
      of: 'onward-sharing',
      requestedBy: askedBy,
      decidedBy: issuer,
      decision: 'refuse',
      refused: disclosure === undefined ? [] : categoriesOf(disclosure, 'items'),
      granted: [],
      conditions: [],
      reasoned: has(terms, 'justification'),
      dpoConsulted: null,
      decidedAgain: later.some((one) => agencyIn(one.terms, 'askedBy') === askedBy),
      redirectedTo: null,
      onwardTo: agenciesIn(terms, 'onwardTo'),
    },
  };
}

const categoriesOf = ({ terms }: Fact, name: string): readonly string[] => [
  ...new Set(partsOf(terms, name).flatMap((part) => textIn(part, 'dataCategory') ?? [])),
];
