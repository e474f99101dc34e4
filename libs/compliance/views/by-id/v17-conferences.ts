import { agenciesIn, agencyIn, dayIn, textIn, vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import { erasedOf, factsOf, partsOf, type Fact, type Matter } from '../../rules/matter.js';
import { instantIn } from '../../rules/moments.js';
import { isSameDisclosure } from '../../rules/same-disclosure.js';
import { withLinked } from '../../rules/with-linked.js';
import { coded, column } from '../columns.js';
import type { Cell, Row, RowsView } from '../view.js';

const lines = vocabulary('conference-line', 1, {
  conference: { en: 'conference', de: 'Fallkonferenz' },
  item: { en: 'item of the agenda', de: 'Tagesordnungspunkt' },
  decision: { en: 'decision', de: 'Beschluss' },
  sheet: { en: 'feedback sheet', de: 'Rückmeldebogen' },
});

/**
 * CNF-01 to CNF-04, LED 25(1). Who kept silent on an item is not shown: that is a right, and a figure of it would press
 * bodies to speak. Bodies are shown, never who came for them.
 */
export const v17: RowsView = {
  id: 'V17',
  name: 'conferences',
  title: { en: 'Conferences', de: 'Fallkonferenzen' },
  question: {
    en: 'Who was there for which item, what was contributed and decided, and is it all recorded and approved?',
    de: 'Wer war bei welchem Punkt dabei, was wurde beigetragen und beschlossen, und ist alles eingetragen und genehmigt?',
  },
  columns: {
    line: coded('code', lines, ['line', 'Zeile'], 'filter'),
    conference: column('entry', ['conference', 'Fallkonferenz'], 'filter'),
    heldAt: column('instant', ['scheduled for', 'angesetzt auf'], 'filter', 'sort'),
    convenedBy: column('agency', ['convened by', 'einberufen von'], 'filter'),
    item: column('reference', ['item', 'Punkt'], 'filter'),
    purpose: coded('code', 'purpose', ['purpose', 'Zweck'], 'filter'),
    invited: column('agencies', ['invited', 'eingeladen']),
    present: column('agencies', ['present', 'anwesend'], 'filter'),
    unbound: column(
      'agencies',
      ['not entitled or without undertaking', 'nicht befugt oder nicht verpflichtet'],
      'filter',
    ),
    contributions: column('number', ['contributions', 'Beiträge'], 'sort'),
    withoutDisclosure: column('number', ['without entry of a disclosure', 'ohne Eintrag der Übermittlung'], 'sort'),
    approvedBy: column('agencies', ['approved by', 'genehmigt von'], 'filter'),
    notApprovedBy: column('agencies', ['not approved by', 'nicht genehmigt von'], 'filter'),
    decision: coded('code', 'decision-kind', ['decision', 'Beschluss'], 'filter'),
    outcome: coded('code', 'decision-outcome', ['outcome', 'Ergebnis'], 'filter'),
    owner: column('agency', ['carried out by', 'umzusetzen durch'], 'filter'),
    due: column('date', ['due', 'fällig'], 'sort'),
    dissent: column('agencies', ['disagree', 'nicht einverstanden'], 'filter'),
    goesTo: column('agencies', ['goes to', 'geht an'], 'filter'),
    secrecyContentFree: column('flag', ['free of secrets', 'frei von Schweigepflichtigem'], 'filter'),
    erased: column('flag', ['parts erased', 'Teile gelöscht'], 'filter'),
  },
  order: { by: 'heldAt', direction: 'descending' },
  about: 'exchange',
  reads: [
    'ConferenceConvened',
    'AttendanceRecorded',
    'ContributionRecorded',
    'ConferenceDecisionRecorded',
    'FeedbackSheetApproved',
    'MinutesApproved',
    'InformationDisclosed',
  ],
  rows: (matter, agency) =>
    factsOf(matter, 'ConferenceConvened').flatMap((convening) => {
      const known = ofConference(convening, matter);
      if (!takesPart(convening, known, agency)) return [];
      return [
        conferenceRow(convening, known),
        ...partsOf(convening.terms, 'agenda').map((item, place) => itemRow({ convening, item, place }, known, agency)),
        ...factsOf(known, 'ConferenceDecisionRecorded').map((one) => decisionRow(convening, one)),
        ...factsOf(known, 'FeedbackSheetApproved').map((one) => sheetRow(convening, one)),
      ];
    }),
};

/** What names the conference, here or in an exchange of fewer bodies. */
function ofConference(convening: Fact, matter: Matter): Matter {
  const entries = withLinked(matter, convening.id).entries.filter(
    ({ said }) =>
      said === null || said.type === 'InformationDisclosed' || textIn(said.terms, 'convening') === convening.id,
  );
  return { ...matter, entries };
}

/** Who learned of a conference in another way, such as whoever gets its sheet, has no part in it. */
const takesPart = ({ issuer, terms }: Fact, { entries }: Matter, agency: AgencyId): boolean =>
  issuer === agency ||
  agenciesOf(terms, 'invited').includes(agency) ||
  entries.some((entry) => entry.issuer === agency && entry.said?.type !== 'InformationDisclosed');

const agenciesOf = (terms: Fact['terms'], list: string): readonly AgencyId[] =>
  partsOf(terms, list).flatMap((one) => agencyIn(one, 'agency') ?? []);

function conferenceRow(convening: Fact, matter: Matter): Row {
  const minutes = factsOf(matter, 'MinutesApproved');
  const present = presentIn(factsOf(matter, 'AttendanceRecorded'));
  const approvedBy = present.filter(
    (agency) => minutes.findLast(({ issuer }) => issuer === agency)?.terms['approved'] === true,
  );
  return rowOf('conference', convening, convening, {
    purpose: textIn(convening.terms, 'purpose'),
    invited: agenciesOf(convening.terms, 'invited'),
    present,
    approvedBy,
    notApprovedBy: present.filter((agency) => !approvedBy.includes(agency)),
    erased: erasedOf(matter).length > 0,
  });
}

interface Item {
  readonly convening: Fact;
  readonly item: Fact['terms'];
  readonly place: number;
}

function itemRow({ convening, item, place }: Item, matter: Matter, agency: AgencyId): Row {
  const name = textIn(item, 'agendaItem');
  const isOfItem = ({ terms }: Fact): boolean => name !== null && textIn(terms, 'agendaItem') === name;
  const attendances = factsOf(matter, 'AttendanceRecorded').filter(isOfItem);
  const contributions = factsOf(matter, 'ContributionRecorded').filter(isOfItem);
  const row = rowOf('item', convening, convening, {
    item: name,
    purpose: textIn(item, 'purpose'),
    present: presentIn(attendances),
    unbound: presentIn(
      attendances,
      ({ authorised, undertakingSigned }) => authorised !== true || undertakingSigned !== true,
    ),
    contributions: contributions.length,
    withoutDisclosure: undisclosedIn(contributions, matter, agency),
  });
  return { ...row, key: `${row.key} ${place}` };
}

/** Whoever stayed away heard nothing; who came late or left early may have. */
const presentIn = (
  attendances: readonly Fact[],
  isMeant: (line: Fact['terms']) => boolean = () => true,
): readonly AgencyId[] => [
  ...new Set(
    attendances
      .flatMap(({ terms }) => partsOf(terms, 'attendees'))
      .filter((line) => line['attendance'] !== 'absent' && isMeant(line))
      .flatMap((line) => agencyIn(line, 'agency') ?? []),
  ),
];

/**
 * How many of the contributions that the agency made or heard lack their disclosure; null where it did neither: what was
 * disclosed to others it cannot know.
 */
function undisclosedIn(contributions: readonly Fact[], matter: Matter, agency: AgencyId): number | null {
  const known = contributions.filter(
    ({ issuer, terms }) =>
      (agencyIn(terms, 'contributor') ?? issuer) === agency || agenciesIn(terms, 'heardBy').includes(agency),
  );
  if (known.length === 0 && contributions.length > 0) return null;
  return known.filter((one) => !isDisclosed(one, matter)).length;
}

/** CNF-01: the disclosure stands in an exchange of its own. */
function isDisclosed(contribution: Fact, matter: Matter): boolean {
  const linked = matter.linked.get(textIn(contribution.terms, 'disclosureId') ?? '');
  return factsOf({ entries: [...matter.entries, ...(linked?.entries ?? [])] }, 'InformationDisclosed').some((one) =>
    isSameDisclosure(one, contribution),
  );
}

const decisionRow = (convening: Fact, decision: Fact): Row =>
  rowOf('decision', convening, decision, {
    item: textIn(decision.terms, 'agendaItem'),
    decision: textIn(decision.terms, 'kind'),
    outcome: textIn(decision.terms, 'outcome'),
    owner: agencyIn(decision.terms, 'owner'),
    due: dayIn(decision.terms, 'due'),
    approvedBy: agenciesIn(decision.terms, 'agreedBy'),
    dissent: agenciesOf(decision.terms, 'dissent'),
  });

function sheetRow(convening: Fact, sheet: Fact): Row {
  const approvals = partsOf(sheet.terms, 'approvals');
  const approving = (word: boolean): readonly AgencyId[] =>
    approvals.filter(({ approved }) => (approved === true) === word).flatMap((one) => agencyIn(one, 'agency') ?? []);
  return rowOf('sheet', convening, sheet, {
    approvedBy: approving(true),
    notApprovedBy: approving(false),
    goesTo: agenciesIn(sheet.terms, 'goesTo'),
    secrecyContentFree: sheet.terms['secrecyContentFree'] === true,
  });
}

const rowOf = (line: string, convening: Fact, { id }: Fact, cells: Readonly<Record<string, Cell>>): Row => ({
  key: `${line} ${id}`,
  entry: id,
  cells: {
    ...nothing,
    line,
    conference: convening.id,
    heldAt: instantIn(convening.terms, 'scheduledFor') ?? convening.occurredAt,
    convenedBy: convening.issuer,
    ...cells,
  },
});

/** What a line of another kind leaves open. */
const nothing = {
  item: null,
  purpose: null,
  invited: [],
  present: [],
  unbound: [],
  contributions: null,
  withoutDisclosure: null,
  approvedBy: [],
  notApprovedBy: [],
  decision: null,
  outcome: null,
  owner: null,
  due: null,
  dissent: [],
  goesTo: [],
  secrecyContentFree: null,
  erased: null,
} as const;
