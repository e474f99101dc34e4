import { agenciesIn, agencyIn, dayIn, textIn, vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import { erasedOf, factsOf, partsOf, textsOf, type Fact } from '../../rules/matter.js';
import { instantIn } from '../../rules/moments.js';
import { isRefusal } from '../../rules/rights-request.js';
import { withLinked, type Known } from '../../rules/with-linked.js';
import { coded, column } from '../columns.js';
import type { Cell, Row, RowsView } from '../view.js';

const ways = vocabulary('rights-way', 1, {
  direct: { en: 'by the person', de: 'durch die betroffene Person' },
  supervisor: { en: 'through the supervisor', de: 'über die Aufsichtsbehörde' },
});

const states = vocabulary('rights-state', 1, {
  received: { en: 'received', de: 'eingegangen' },
  extended: { en: 'extended', de: 'verlängert' },
  decided: { en: 'decided, not answered yet', de: 'entschieden, noch nicht beantwortet' },
  answered: { en: 'answered', de: 'beantwortet' },
  'not-decidable': { en: 'not decidable (erased)', de: 'nicht feststellbar (gelöscht)' },
});

const followUps = ['RightsRequestExtended', 'RightsRequestDecided', 'RightsRequestFulfilled'] as const;

/**
 * GDPR 12, 15-22; LED 12, 14-17. Who asks is in no cell: that stands in a block that views do not read. The last day the
 * law gives depends on the calendar of the agency, and stands with the deadlines.
 */
export const v14: RowsView = {
  id: 'V14',
  name: 'rights-desk',
  title: { en: 'Requests of persons concerned', de: 'Anträge betroffener Personen' },
  question: {
    en: 'Which requests of persons concerned are open, and how were the others answered?',
    de: 'Welche Anträge betroffener Personen sind offen, und wie wurden die anderen beantwortet?',
  },
  columns: {
    way: coded('code', ways, ['way', 'Weg'], 'filter'),
    right: coded('code', 'right', ['right', 'Recht'], 'filter'),
    regime: coded('code', 'regime', ['regime', 'Rechtsrahmen'], 'filter'),
    authority: column('agency', ['supervisor', 'Aufsichtsbehörde'], 'filter'),
    controller: column('agency', ['agency concerned', 'verantwortliche Stelle'], 'filter'),
    state: coded('code', states, ['state', 'Stand'], 'filter', 'sort'),
    receivedAt: column('instant', ['received', 'eingegangen'], 'filter', 'sort'),
    identityChecked: column('flag', ['no doubt who asks', 'Identität geklärt'], 'filter'),
    answerBy: column('date', ['to be answered by, as planned', 'geplante Antwort bis'], 'sort'),
    extensionReason: coded('code', 'extension-reason', ['why extended', 'Grund der Verlängerung'], 'filter'),
    outcome: coded('code', 'rights-outcome', ['decision', 'Entscheidung'], 'filter'),
    verified: coded('code', 'indirect-outcome', ['found by the supervisor', 'Ergebnis der Aufsicht'], 'filter'),
    answeredAt: column('instant', ['answered', 'beantwortet'], 'sort'),
    recipientsNamed: column('agencies', ['recipients named', 'genannte Empfänger'], 'filter'),
    recipientsOmitted: column('agencies', ['recipients left out', 'nicht genannte Empfänger'], 'filter'),
    remediesTold: column('flag', ['told of complaint and court', 'über Rechtsbehelfe belehrt'], 'filter'),
    actions: coded('codes', 'remedial-action', ['done', 'veranlasst'], 'filter'),
  },
  order: { by: 'receivedAt', direction: 'descending' },
  about: 'exchange',
  reads: ['RightsRequestReceived', ...followUps, 'IndirectAccessRequested', 'IndirectAccessAnswered'],
  rows: (matter, agency) => [
    ...factsOf(matter, 'RightsRequestReceived')
      .filter(({ issuer }) => issuer === agency)
      .map((request) => directRow(request, withLinked(matter, request.id))),
    ...factsOf(matter, 'IndirectAccessRequested')
      .filter((request) => concerns(request, agency))
      .map((request) => indirectRow(request, withLinked(matter, request.id))),
  ],
};

const concerns = ({ issuer, terms }: Fact, agency: AgencyId): boolean =>
  [issuer, agencyIn(terms, 'controller'), agencyIn(terms, 'authority')].includes(agency);

function directRow(request: Fact, known: Known): Row {
  const { id, issuer, terms } = request;
  const [extension, decision, fulfilment] = followUps.map((type) =>
    factsOf(known, type).findLast((one) => one.issuer === issuer && textIn(one.terms, 'rightsRequest') === id),
  );
  const answeredAt = answer(decision, fulfilment);
  const reached = [answeredAt && 'answered', decision && 'decided', extension && 'extended'].find(Boolean);
  return rowOf(request, known, {
    way: 'direct',
    controller: issuer,
    state: reached ?? 'received',
    identityChecked: flagIn(terms, 'identityChecked'),
    answerBy: (extension && dayIn(extension.terms, 'dueAt')) ?? dayIn(terms, 'dueAt'),
    extensionReason: extension ? textIn(extension.terms, 'extensionReason') : null,
    outcome: decision ? textIn(decision.terms, 'outcome') : null,
    answeredAt,
    recipientsNamed: decision ? agenciesIn(decision.terms, 'recipientsNamed') : [],
    recipientsOmitted: decision
      ? partsOf(decision.terms, 'recipientsOmitted').flatMap((one) => agencyIn(one, 'recipient') ?? [])
      : [],
    remediesTold: decision ? flagIn(decision.terms, 'remediesTold') : null,
    actions: fulfilment ? textsOf(fulfilment.terms, 'actions') : [],
  });
}

/** A refusal, and that nothing is held, are answered when the person is told: DSR-01. */
function answer(decision: Fact | undefined, fulfilment: Fact | undefined): Cell {
  if (fulfilment) return instantIn(fulfilment.terms, 'answeredAt');
  const isLast = decision && (isRefusal(decision) || textIn(decision.terms, 'outcome') === 'nothing-held');
  return isLast ? instantIn(decision.terms, 'personToldAt') : null;
}

function indirectRow(request: Fact, known: Known): Row {
  const { id, terms } = request;
  const authority = agencyIn(terms, 'authority');
  const answered = factsOf(known, 'IndirectAccessAnswered').findLast(
    (one) => one.issuer === authority && textIn(one.terms, 'indirectAccess') === id,
  );
  const answeredAt = answered ? instantIn(answered.terms, 'answeredAt') : null;
  return rowOf(request, known, {
    way: 'supervisor',
    authority,
    controller: agencyIn(terms, 'controller'),
    state: answeredAt === null ? (answered ? 'decided' : 'received') : 'answered',
    answerBy: dayIn(terms, 'dueAt'),
    verified: answered ? textIn(answered.terms, 'outcome') : null,
    answeredAt,
    remediesTold: answered ? flagIn(answered.terms, 'remediesTold') : null,
  });
}

/** What an erased entry may have shown is not said to be lacking. */
function rowOf({ id, occurredAt, terms }: Fact, known: Known, cells: Readonly<Record<string, Cell>>): Row {
  const isOpen = cells['state'] !== 'answered';
  return {
    key: id,
    entry: id,
    cells: {
      ...nothing,
      right: textIn(terms, 'right'),
      regime: textIn(terms, 'regime'),
      receivedAt: instantIn(terms, 'receivedAt') ?? occurredAt,
      ...cells,
      ...(isOpen && erasedOf(known).length > 0 && { state: 'not-decidable' }),
    },
  };
}

const flagIn = (terms: Fact['terms'], name: string): boolean | null => {
  const value = terms[name];
  return typeof value === 'boolean' ? value : null;
};

const nothing = {
  authority: null,
  identityChecked: null,
  extensionReason: null,
  outcome: null,
  verified: null,
  recipientsNamed: [],
  recipientsOmitted: [],
  actions: [],
} as const;
