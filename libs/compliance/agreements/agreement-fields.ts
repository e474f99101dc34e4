import { isMissing, isObject, label, type Labels, type Language, said, vocabularies } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { listed } from './sentence.js';

/** A field of an agreement or of a clause, as people call it, and the vocabulary its codes are of. */
export interface AgreementField extends Labels {
  readonly codes?: string;
}

/** By their place in the agreement. Its clauses are a list of their own. */
export const agreementFields: Readonly<Record<string, AgreementField>> = {
  agreement: { en: 'Name', de: 'Kennung' },
  version: { en: 'Version', de: 'Version' },
  title: { en: 'Title', de: 'Titel' },
  parties: { en: 'Parties', de: 'Beteiligte' },
  controllership: { en: 'Responsibility', de: 'Verantwortung', codes: 'controllership' },
  contactPoint: { en: 'Contact point for persons concerned', de: 'Anlaufstelle für betroffene Personen' },
  adoptedOn: { en: 'Day of adoption', de: 'Tag des Abschlusses' },
  validFrom: { en: 'First day in force', de: 'Erster Geltungstag' },
  validUntil: { en: 'Last day in force', de: 'Letzter Geltungstag' },
  reviewDue: { en: 'Review due', de: 'Überprüfung fällig' },
  supersedes: { en: 'Version it supersedes', de: 'Ersetzte Fassung' },
  'changes.en': { en: 'What changed, in English', de: 'Änderungen auf Englisch' },
  'changes.de': { en: 'What changed, in German', de: 'Änderungen auf Deutsch' },
  dpia: { en: 'Data protection impact assessment', de: 'Datenschutz-Folgenabschätzung' },
  rightsProcedure: { en: 'Requests of persons concerned', de: 'Anträge betroffener Personen' },
  breachProcedure: { en: 'Data breaches', de: 'Datenschutzverletzungen' },
  rolesAndDuties: { en: 'Roles and duties', de: 'Aufgaben und Pflichten' },
  security: { en: 'Security of processing', de: 'Sicherheit der Verarbeitung' },
  definitions: { en: 'Definitions', de: 'Begriffsbestimmungen' },
  essencePublishedAt: { en: 'Place of publication', de: 'Ort der Veröffentlichung' },
};

/** By their place in a clause. */
export const clauseFields: Readonly<Record<string, AgreementField>> = {
  from: { en: 'Who passes on', de: 'Übermittelnde Stellen' },
  to: { en: 'Who receives', de: 'Empfangende Stellen' },
  purposes: { en: 'Purposes', de: 'Zwecke', codes: 'purpose' },
  dataCategories: { en: 'Categories of data', de: 'Datenkategorien', codes: 'data-category' },
  specialCategories: { en: 'Special categories of data allowed', de: 'Besondere Kategorien zugelassen' },
  subjectCategories: { en: 'Persons concerned', de: 'Betroffene Personen', codes: 'subject-category' },
  'legalBasisTransmit.code': { en: 'Power to pass on', de: 'Übermittlungsbefugnis', codes: 'legal-basis' },
  'legalBasisTransmit.provision': { en: 'Provision of who passes on', de: 'Vorschrift der übermittelnden Stelle' },
  transmitBases: {
    en: 'Own powers to pass on',
    de: 'Eigene Übermittlungsbefugnisse',
    codes: 'legal-basis',
  },
  'legalBasisCollect.code': { en: 'Power to collect', de: 'Erhebungsbefugnis', codes: 'legal-basis' },
  'legalBasisCollect.provision': { en: 'Provision of who receives', de: 'Vorschrift der empfangenden Stelle' },
  collectBases: { en: 'Own powers to collect', de: 'Eigene Erhebungsbefugnisse', codes: 'legal-basis' },
  regimeChangeProvision: { en: 'Provision for the change of regime', de: 'Vorschrift für den Regimewechsel' },
  specialGrounds: {
    en: 'Grounds for special categories',
    de: 'Gründe für besondere Kategorien',
    codes: 'special-ground',
  },
  gateways: { en: 'Grounds for lifting secrecy', de: 'Offenbarungsbefugnisse', codes: 'gateway' },
  conditions: { en: 'Handling conditions', de: 'Auflagen', codes: 'condition' },
  'timeLimits.acknowledge': { en: 'Time to acknowledge a request', de: 'Frist zur Eingangsbestätigung einer Anfrage' },
  'timeLimits.decideNormal': { en: 'Time to decide a request', de: 'Frist zur Entscheidung über eine Anfrage' },
  'timeLimits.decideUrgent': {
    en: 'Time to decide an urgent request',
    de: 'Frist zur Entscheidung über eine eilige Anfrage',
  },
  'timeLimits.decideImminent': {
    en: 'Time to decide in imminent danger',
    de: 'Frist zur Entscheidung bei unmittelbarer Gefahr',
  },
  'timeLimits.receipt': { en: 'Time to acknowledge what was received', de: 'Frist zur Empfangsbestätigung' },
  'timeLimits.acceptance': { en: 'Time to accept the handling conditions', de: 'Frist zur Annahme der Auflagen' },
  'timeLimits.feedback': { en: 'Time to give feedback', de: 'Frist zur Rückmeldung' },
  retentionTold: { en: 'Retention by who receives', de: 'Speicherdauer bei der empfangenden Stelle' },
  'conference.standing': { en: 'Standing members of the conference', de: 'Ständige Mitglieder der Fallkonferenz' },
  'conference.undertakingRequired': {
    en: 'Undertaking of confidentiality required',
    de: 'Verpflichtung auf Verschwiegenheit erforderlich',
  },
  'conference.attendancePerItem': { en: 'Attendance item by item', de: 'Anwesenheit je Tagesordnungspunkt' },
  'conference.consensusForPolice': {
    en: 'Consent of all present for what goes to the police',
    de: 'Zustimmung aller Anwesenden für die Weitergabe an die Polizei',
  },
  'conference.contributionsWithin': { en: 'Time to record contributions', de: 'Frist zur Erfassung von Beiträgen' },
  'conference.minutesWithin': { en: 'Time to approve the minutes', de: 'Frist zur Genehmigung des Protokolls' },
  dpoConsultationWhen: {
    en: 'Data protection officer is asked first',
    de: 'Vorherige Befragung der oder des Datenschutzbeauftragten',
    codes: 'dpo-consultation',
  },
  activities: { en: 'Processing activities', de: 'Verarbeitungstätigkeiten' },
  'note.en': { en: 'Note in English', de: 'Hinweis auf Englisch' },
  'note.de': { en: 'Note in German', de: 'Hinweis auf Deutsch' },
};

/** The content of a field, whatever holds it. Where an object on the way is missing, its explicit absence. */
export function contentAt(terms: JsonObject, path: string): JsonValue | undefined {
  const [first = '', ...inner] = path.split('.');
  const value = terms[first];
  if (inner.length === 0 || value === undefined || isMissing(value)) return value;
  return isObject(value) ? contentAt(value, inner.join('.')) : undefined;
}

/** One of each; the vocabulary names several. */
const units: Readonly<Record<string, Labels>> = {
  hours: { en: 'hour', de: 'Stunde' },
  days: { en: 'day', de: 'Tag' },
  'working-days': { en: 'working day', de: 'Arbeitstag' },
  months: { en: 'month', de: 'Monat' },
  years: { en: 'year', de: 'Jahr' },
  'year-ends': { en: 'year, to 31 December', de: 'Jahr, bis zum 31. Dezember' },
};

const answers = { yes: { en: 'yes', de: 'ja' }, no: { en: 'no', de: 'nein' } };

/** One value as people say it: codes by their labels, time limits in words, what is of no known form as JSON. */
function valueInWords(value: JsonValue, field: AgreementField | undefined, language: Language): string {
  const list = vocabularies.get(field?.codes ?? '');
  if (typeof value === 'boolean') return answers[value ? 'yes' : 'no'][language];
  if (list && typeof value === 'string') return label(list, value, language);
  if (isMissing(value) || typeof value === 'string' || typeof value === 'number') return said(value, language);
  if (isObject(value) && 'amount' in value) return timeInWords(value, language);
  if (isObject(value) && 'activity' in value) {
    return `${said(value['agency'], language)}: ${said(value['activity'], language)}`;
  }
  if (isObject(value) && 'provision' in value) return basisInWords(value, field, language);
  return JSON.stringify(value);
}

/** Whose power it is, which, and what lets it change the regime. */
function basisInWords(basis: JsonObject, field: AgreementField | undefined, language: Language): string {
  const ground = listed(wordsOf(basis['code'], field, language), language);
  const { regimeChangeProvision: change } = basis;
  const provisions = [
    said(basis['provision'], language),
    ...(change === undefined ? [] : [`${regimeChange[language]}: ${said(change, language)}`]),
  ];
  return `${said(basis['agency'], language)}: ${ground} [${provisions.join('; ')}]`;
}

const regimeChange: Labels = { en: 'change of regime', de: 'Regimewechsel' };

function timeInWords({ amount, unit }: JsonObject, language: Language): string {
  const one = typeof unit === 'string' && amount === 1 ? units[unit] : undefined;
  const several = typeof unit === 'string' ? vocabularies.get('time-unit')?.terms.get(unit) : undefined;
  return `${said(amount, language)} ${(one ?? several)?.[language] ?? said(unit, language)}`;
}

/** Each thing a field holds, in words: the elements of a list, or its one value; none where it is absent. */
export function wordsOf(
  value: JsonValue | undefined,
  field: AgreementField | undefined,
  language: Language,
): readonly string[] {
  if (value === undefined) return [];
  const several: readonly JsonValue[] = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  return several.map((one) => valueInWords(one, field, language));
}

/** All that a field holds, as it stands in a sentence; said to be not given where it is absent. */
export const fieldInWords = (
  terms: JsonObject,
  fields: Readonly<Record<string, AgreementField>>,
  path: string,
  language: Language,
): string => listed(wordsOf(contentAt(terms, path), fields[path], language), language);
