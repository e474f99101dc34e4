import { agenciesIn, agencyIn, dayIn, nameOf, textIn, vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import type { RegistryEntry, RegistryThen } from '../../registry/registry-history.js';
import type { RecordedAgreement } from '../../registry/registry-snapshot.js';
import { textsOf } from '../../rules/matter.js';
import type { AnsweredRow } from '../asked.js';
import type { AskedView } from '../asked-view.js';
import { coded, column } from '../columns.js';
import { pageOf } from '../page-of.js';
import type { Cell } from '../view.js';

const lines = vocabulary('register-line', 1, {
  agreement: { en: 'agreement', de: 'Vereinbarung' },
  activity: { en: 'processing activity', de: 'Verarbeitungstätigkeit' },
  dpia: { en: 'impact assessment', de: 'Datenschutz-Folgenabschätzung' },
  consultation: { en: 'prior consultation', de: 'vorherige Konsultation' },
});

const states = vocabulary('register-state', 1, {
  'not-yet': { en: 'not yet in force', de: 'noch nicht in Kraft' },
  current: { en: 'in force', de: 'gültig' },
  superseded: { en: 'superseded', de: 'abgelöst' },
  ended: { en: 'ended', de: 'beendet' },
});

/** GDPR 26, 30, 35, 36; LED 21, 24, 27, 28; AGR-01, AGR-02. From the registry log, which holds no persons. */
export const v11: AskedView = {
  id: 'V11',
  name: 'agreements',
  title: { en: 'Agreements, impact assessments, register', de: 'Vereinbarungen, Folgenabschätzungen, Verzeichnis' },
  question: {
    en: 'What do we share under which agreement, is it assessed and registered, and what is to be reviewed?',
    de: 'Nach welcher Vereinbarung teilen wir was, ist es bewertet und verzeichnet, und was ist zu überprüfen?',
  },
  columns: {
    line: coded('code', lines, ['line', 'Zeile'], 'filter', 'sort'),
    name: column('reference', ['name', 'Bezeichnung'], 'filter', 'sort'),
    title: column('text', ['title', 'Titel']),
    state: coded('code', states, ['state', 'Stand'], 'filter'),
    recordedBy: column('agency', ['recorded by', 'eingetragen von'], 'filter'),
    parties: column('agencies', ['parties', 'Beteiligte'], 'filter'),
    controllership: coded('code', 'controllership', ['controllership', 'Verantwortung'], 'filter'),
    validFrom: column('date', ['valid from', 'gültig ab'], 'sort'),
    validUntil: column('date', ['valid until', 'gültig bis'], 'sort'),
    reviewDue: column('date', ['review due', 'Überprüfung fällig'], 'filter', 'sort'),
    overdue: column('flag', ['review overdue', 'Überprüfung überfällig'], 'filter'),
    dpia: column('reference', ['impact assessment', 'Folgenabschätzung'], 'filter'),
    dpiaOutcome: coded('code', 'dpia-outcome', ['its outcome', 'deren Ergebnis'], 'filter'),
    activities: column('references', ['activities', 'Tätigkeiten'], 'filter'),
    purposes: coded('codes', 'purpose', ['purposes', 'Zwecke'], 'filter'),
    dataCategories: coded('codes', 'data-category', ['data', 'Daten'], 'filter'),
    recipients: column('agencies', ['recipients', 'Empfänger'], 'filter'),
    authority: column('agency', ['authority', 'Aufsichtsbehörde'], 'filter'),
    consultation: coded('code', 'consultation-outcome', ['answer of the authority', 'Antwort der Aufsicht'], 'filter'),
  },
  order: { by: 'name', direction: 'ascending' },
  projections: ['judgements'],
  ask({ registry, scope, now, asked }) {
    const agencies = scope.kind === 'agency' ? [scope.agency] : scope.agencies;
    return Promise.resolve(pageOf(v11, registerRows(registry, agencies, registry.registry.dayOf(now)), asked));
  },
};

/**
 * What these agencies agreed on, registered and assessed.
 *
 * @param day on which it is looked at
 */
export function registerRows(
  known: Pick<RegistryThen, 'registry' | 'entries'>,
  agencies: readonly AgencyId[],
  day: string,
): readonly AnsweredRow[] {
  const isTheirs = (one: AgencyId): boolean => agencies.includes(one);
  const own = known.entries.filter(({ issuer }) => isTheirs(issuer));
  const ofType = (type: string): readonly RegistryEntry[] => own.filter((entry) => entry.type === type);
  const [dpias, activities] = [ofType('DpiaRecorded'), ofType('ProcessingActivityRegistered')];
  const everyDpia = known.entries.filter(({ type }) => type === 'DpiaRecorded');
  const { agreements } = known.registry;
  return [
    ...agreements
      .filter(({ terms }) => agenciesIn(terms, 'parties').some(isTheirs))
      .map((one) => agreementRow(one, agreements, { day, known, dpias: everyDpia })),
    ...activities.map((one) => activityRow(one, activities, day, dpias)),
    ...dpias.map((one) => dpiaRow(one, dpias, day)),
    ...ofType('PriorConsultationRecorded').map(consultationRow),
  ];
}

interface Known {
  readonly day: string;
  readonly known: Pick<RegistryThen, 'registry'>;
  readonly dpias: readonly RegistryEntry[];
}

function agreementRow(one: RecordedAgreement, all: readonly RecordedAgreement[], { day, known, dpias }: Known) {
  const { version, terms } = one;
  const isCurrent = known.registry.isInForceOn(day, one);
  const isSuperseded = all.some(({ version: other }) => other.supersedes === nameOf(version) && other.validFrom <= day);
  const clauses = terms['clauses'];
  const listed = (name: string): readonly string[] => [
    ...new Set((Array.isArray(clauses) ? clauses : []).flatMap((clause: JsonObject) => textsOf(clause, name))),
  ];
  return rowOf(
    'agreement',
    nameOf(version),
    { id: one.entry, issuer: one.issuer, data: terms },
    {
      state: day < version.validFrom ? 'not-yet' : isCurrent ? 'current' : isSuperseded ? 'superseded' : 'ended',
      parties: agenciesIn(terms, 'parties'),
      controllership: textIn(terms, 'controllership'),
      validUntil: version.validUntil,
      ...review(terms, day, isCurrent),
      ...assessment(textIn(terms, 'dpia'), dpias),
      purposes: listed('purposes'),
      dataCategories: listed('dataCategories'),
    },
  );
}

/** A later version of the same agency takes the place of an earlier one from its first day. */
function activityRow(
  entry: RegistryEntry,
  all: readonly RegistryEntry[],
  day: string,
  dpias: readonly RegistryEntry[],
) {
  const { data } = entry;
  const from = dayIn(data, 'validFrom');
  const later = all.some((other) => isLater(other, entry, 'activity') && (dayIn(other.data, 'validFrom') ?? '') <= day);
  return rowOf('activity', versioned(data, 'activity'), entry, {
    state: from !== null && day < from ? 'not-yet' : later ? 'superseded' : 'current',
    parties: agenciesIn(data, 'jointControllers'),
    ...assessment(textIn(data, 'dpia'), dpias),
    purposes: textsOf(data, 'purposes'),
    dataCategories: textsOf(data, 'dataCategories'),
    recipients: agenciesIn(data, 'recipients'),
  });
}

function dpiaRow(entry: RegistryEntry, all: readonly RegistryEntry[], day: string) {
  const { data } = entry;
  const isCurrent = !all.some((other) => isLater(other, entry, 'dpia'));
  return rowOf('dpia', versioned(data, 'dpia'), entry, {
    state: isCurrent ? 'current' : 'superseded',
    validFrom: dayIn(data, 'performedOn'),
    ...review(data, day, isCurrent),
    dpia: versioned(data, 'dpia'),
    dpiaOutcome: textIn(data, 'outcome'),
    activities: textsOf(data, 'activities'),
  });
}

const consultationRow = (entry: RegistryEntry): AnsweredRow =>
  rowOf('consultation', textIn(entry.data, 'dpia'), entry, {
    validFrom: dayIn(entry.data, 'askedOn'),
    dpia: textIn(entry.data, 'dpia'),
    authority: agencyIn(entry.data, 'authority'),
    consultation: textIn(entry.data, 'outcome'),
  });

function isLater(other: RegistryEntry, entry: RegistryEntry, name: string): boolean {
  const [one, two] = [entry, other].map(({ data }) => Number(data['version']));
  const isSame = other.issuer === entry.issuer && textIn(other.data, name) === textIn(entry.data, name);
  return isSame && Number(two) > Number(one);
}

function versioned(data: JsonObject, name: string): string | null {
  const [text, version] = [textIn(data, name), data['version']];
  return text === null || typeof version !== 'number' ? text : `${text}@${version}`;
}

/** What is no longer in force needs no review. */
function review(data: JsonObject, day: string, isCurrent: boolean): Readonly<Record<string, Cell>> {
  const reviewDue = dayIn(data, 'reviewDue');
  return { reviewDue, overdue: isCurrent && reviewDue !== null && reviewDue < day };
}

/** The assessment that is named, with its outcome where it is recorded. */
function assessment(name: string | null, dpias: readonly RegistryEntry[]): Readonly<Record<string, Cell>> {
  const found = name === null ? undefined : dpias.find(({ data }) => versioned(data, 'dpia') === name);
  return { dpia: name, dpiaOutcome: found ? textIn(found.data, 'outcome') : null };
}

const rowOf = (
  line: string,
  name: string | null,
  { id, issuer, data }: Pick<RegistryEntry, 'id' | 'issuer' | 'data'>,
  cells: Readonly<Record<string, Cell>>,
): AnsweredRow => ({
  agency: null,
  key: `${line} ${id}`,
  entry: id,
  cells: {
    ...nothing,
    line,
    name,
    title: textIn(data, 'title'),
    recordedBy: issuer,
    validFrom: dayIn(data, 'validFrom'),
    ...cells,
  },
});

/** What a line of another kind leaves open. */
const nothing = {
  state: null,
  parties: [],
  controllership: null,
  validUntil: null,
  reviewDue: null,
  overdue: null,
  dpia: null,
  dpiaOutcome: null,
  activities: [],
  purposes: [],
  dataCategories: [],
  recipients: [],
  authority: null,
  consultation: null,
} as const;
