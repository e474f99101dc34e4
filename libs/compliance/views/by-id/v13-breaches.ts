import { agenciesIn, textIn, vocabulary } from '#catalogue';
import { instantAt, millisecondsOf, type AgencyId, type Instant } from '#kernel';
import { assessmentsOf, awareness, told } from '../../rules/breach.js';
import type { Done } from '../../rules/done.js';
import { dutySpans, type DutySaid, type DutySpan } from '../../rules/duty-spans.js';
import { erasedOf, factsOf, has, textsOf, type Fact, type Matter } from '../../rules/matter.js';
import { instantIn } from '../../rules/moments.js';
import { coded, column } from '../columns.js';
import type { Row, RowsView } from '../view.js';

/** GDPR 33(1), LED 30(1): from awareness on, whatever day it is. */
const notifyWithin = 72 * 3_600_000;

const sides = vocabulary('breach-side', 1, {
  own: { en: 'our own', de: 'eigene' },
  told: { en: 'told to us', de: 'uns mitgeteilt' },
});

const states = vocabulary('breach-state', 1, {
  'to-assess': { en: 'to be assessed', de: 'zu bewerten' },
  'to-notify': { en: 'to be notified', de: 'zu melden' },
  notified: { en: 'notified', de: 'gemeldet' },
  'not-owed': { en: 'no notification owed', de: 'nicht meldepflichtig' },
  closed: { en: 'closed', de: 'abgeschlossen' },
  'not-decidable': { en: 'not decidable (erased)', de: 'nicht feststellbar (gelöscht)' },
});

/** GDPR 33, 34; LED 30, 31. The duties themselves are those of BRE-01 to BRE-03. */
export const v13: RowsView = {
  id: 'V13',
  name: 'breaches',
  title: { en: 'Breaches', de: 'Datenschutzverletzungen' },
  question: {
    en: 'Which breaches are there, who has been told, and by when has the authority to be?',
    de: 'Welche Datenschutzverletzungen gibt es, wer ist unterrichtet, und bis wann ist der Aufsicht zu melden?',
  },
  columns: {
    side: coded('code', sides, ['whose', 'wessen'], 'filter'),
    controller: column('agency', ['recorded by', 'eingetragen von'], 'filter'),
    state: coded('code', states, ['state', 'Stand'], 'filter', 'sort'),
    awareAt: column('instant', ['known since', 'bekannt seit'], 'filter', 'sort'),
    notifyBy: column('instant', ['authority to be told by', 'Meldung an die Aufsicht bis'], 'sort'),
    authorityToldAt: column('instant', ['authority was told', 'Aufsicht unterrichtet'], 'sort'),
    inTime: column('flag', ['within 72 hours', 'binnen 72 Stunden'], 'filter'),
    nature: coded('codes', 'breach-nature', ['nature', 'Art'], 'filter'),
    dataCategories: coded('codes', 'data-category', ['data', 'Daten'], 'filter'),
    risk: coded('code', 'breach-risk', ['risk', 'Risiko'], 'filter'),
    persons: column('number', ['persons, about', 'Personen, etwa'], 'sort'),
    partnersToTell: column('agencies', ['partners not told yet', 'noch nicht unterrichtete Partnerstellen'], 'filter'),
    statesToTell: column(
      'references',
      ['member states not told yet', 'noch nicht unterrichtete Mitgliedstaaten'],
      'filter',
    ),
    personsToldAt: column('instant', ['persons were told', 'Personen benachrichtigt']),
    disclosures: column('references', ['disclosures affected', 'betroffene Übermittlungen'], 'filter'),
    closedAt: column('instant', ['closed', 'abgeschlossen'], 'sort'),
  },
  order: { by: 'awareAt', direction: 'descending' },
  about: 'breach',
  reads: ['BreachDetected', 'BreachAssessed', 'BreachNotified', 'BreachClosed'],
  rows: (matter, agency) => [
    ...factsOf(matter, 'BreachDetected')
      .filter(({ issuer }) => issuer === agency)
      .map((breach) => ownRow(matter, breach)),
    ...factsOf(matter, 'BreachNotified')
      .filter((notice) => notice.issuer !== agency && isTold(notice, agency))
      .map(toldRow),
  ],
};

const isTold = ({ terms }: Fact, agency: AgencyId): boolean =>
  textIn(terms, 'target') === 'partner' && agenciesIn(terms, 'recipients').includes(agency);

function ownRow(matter: Matter, breach: Fact): Row {
  const { id, issuer, terms } = breach;
  const said = [breach, ...assessmentsOf(matter, breach)];
  const closed = factsOf(matter, 'BreachClosed').find((one) => one.issuer === issuer) ?? null;
  const notice = told(matter, breach, 'authority');
  const span = spanOf(matter, breach, notice);
  const due = instantAt(millisecondsOf(span.from.at) + notifyWithin);
  return {
    key: id,
    entry: id,
    cells: {
      side: 'own',
      controller: issuer,
      state: stateOf({ matter, said, closed, notice, span }),
      awareAt: awareness(breach).at,
      notifyBy: notice !== null || span.ended !== null ? null : due,
      authorityToldAt: notice?.at ?? null,
      inTime: notice === null ? null : notice.at <= due,
      nature: textsOf(terms, 'nature'),
      dataCategories: textsOf(terms, 'dataCategories'),
      risk: said.flatMap((one) => textIn(one.terms, 'riskLevel') ?? []).at(-1) ?? null,
      persons: persons([...said, ...(closed ? [closed] : [])]),
      partnersToTell: affected(said, 'partnersAffected').filter(
        (partner) => told(matter, breach, 'partner', partner) === null,
      ),
      statesToTell: affected(said, 'statesAffected').filter(
        (state) => told(matter, breach, 'partner', state, 'states') === null,
      ),
      personsToldAt: told(matter, breach, 'subject')?.at ?? null,
      disclosures: [...new Set(said.flatMap((one) => textsOf(one.terms, 'disclosures')))],
      closedAt: closed?.occurredAt ?? null,
    },
  };
}

/** The time through which notification was owed when it came, or is. Later findings end it or begin it anew. */
function spanOf(matter: Matter, breach: Fact, notice: Done | null): DutySpan {
  const aware = awareness(breach);
  const spans = dutySpans([{ ...aware, isOwed: true }, ...assessmentsOf(matter, breach).flatMap(saidOf)]);
  return spans.findLast(({ from }) => notice === null || from.at <= notice.at) ?? { from: aware, ended: null };
}

/** "Unlikely" without a reason frees from nothing and says nothing: BRE-01. */
function saidOf(assessment: Fact): readonly DutySaid[] {
  const risk = textIn(assessment.terms, 'riskLevel');
  if (risk === null || (risk === 'unlikely' && !has(assessment.terms, 'justification'))) return [];
  return [{ at: assessment.occurredAt, by: assessment, isOwed: risk !== 'unlikely' }];
}

interface Known {
  readonly matter: Matter;
  readonly said: readonly Fact[];
  readonly closed: Fact | null;
  readonly notice: Done | null;
  readonly span: DutySpan;
}

function stateOf({ matter, said, closed, notice, span }: Known): string {
  if (closed !== null) return 'closed';
  if (notice !== null) return 'notified';
  if (span.ended !== null) return 'not-owed';
  if (erasedOf(matter).length > 0) return 'not-decidable';
  return said.some(({ type }) => type === 'BreachAssessed') ? 'to-notify' : 'to-assess';
}

/** The last list that somebody gave; a first one is no word on those it leaves out, a later one is. */
const affected = (said: readonly Fact[], list: string): readonly string[] => {
  const last = said.findLast(({ terms }) => Array.isArray(terms[list]));
  return last === undefined ? [] : [...new Set(textsOf(last.terms, list))];
};

/** The number said last: it becomes more exact. */
const persons = (said: readonly Fact[]): number | null =>
  said
    .flatMap(({ terms }) => [terms['subjectsAbout'], terms['subjects']])
    .findLast((value): value is number => typeof value === 'number') ?? null;

const toldRow = ({ id, issuer, terms }: Fact): Row => ({
  key: id,
  entry: id,
  cells: {
    ...unknown,
    side: 'told',
    controller: issuer,
    awareAt: toldAt(terms),
    disclosures: textsOf(terms, 'disclosures'),
  },
});

const toldAt = (terms: Fact['terms']): Instant | null => instantIn(terms, 'notifiedAt');

/** What a partner does not know of another's breach. */
const unknown = {
  state: null,
  notifyBy: null,
  authorityToldAt: null,
  inTime: null,
  nature: [],
  dataCategories: [],
  risk: null,
  persons: null,
  partnersToTell: [],
  statesToTell: [],
  personsToldAt: null,
  closedAt: null,
} as const;
