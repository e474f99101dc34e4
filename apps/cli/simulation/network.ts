import { agencyId, type AgencyId } from '#kernel';
import type { Holding, SimulatedAgency } from './simulated-agency.js';

/** The supervisory authority of the simulated network. It records nothing; it reads. */
export const supervisor = agencyId('datenschutzaufsicht.example');

/** @param marks `*` special category or criminal-offence data, `+` about third persons too */
const holding = (
  dataCategory: string,
  itemBasis: Holding['itemBasis'],
  secrecyClass: string,
  marks: '' | '*' | '+' | '*+' = '',
): Holding => ({
  dataCategory,
  itemBasis,
  secrecyClass,
  ...(marks.includes('*') && { special: true as const }),
  ...(marks.includes('+') && { thirdPerson: true as const }),
});

const police: SimulatedAgency = {
  id: agencyId('polizei.example'),
  name: 'Polizeipräsidium Musterstadt',
  kind: 'police',
  regime: 'LED',
  pack: 'DE-NW',
  units: ['Staatsschutz, Prävention', 'Staatsschutz, Gefährderbereich'],
  functions: ['Leitung Kommissariat', 'Sachbearbeitung'],
  staff: 14,
  alwaysOpen: true,
  system: 'Vorgangsbearbeitung',
  activity: 'gefahrenabwehr-staatsschutz@4',
  transmit: { code: 'LED-A8-1', provision: 'PolG NRW § 27 Abs. 1' },
  collect: { code: 'LED-A8-1', provision: 'PolG NRW § 9 Abs. 1' },
  purpose: 'threat-prevention',
  asksFor: ['joint-risk-assessment', 'threat-prevention', 'exit-support'],
  asks: {
    'jugendamt.example': 4,
    'schule.example': 3,
    'jva.example': 3,
    'bewaehrungshilfe.example': 3,
    'ausstieg.example': 3,
    'klinik.example': 2,
    'verfassungsschutz.example': 3,
    'koordination.example': 1,
  },
  holdings: [
    holding('identity', 'fact', 'official'),
    holding('address', 'fact', 'official'),
    holding('criminal-offence', 'fact', 'official', '*'),
    holding('criminal-charge', 'fact', 'official', '*'),
    holding('threat-indicator', 'assessment', 'official'),
    holding('network-contacts', 'third-party-statement', 'official', '+'),
    holding('risk-tool-score', 'tool-score', 'official'),
  ],
  specialGround: 'LED-A10-a',
  gateways: ['public-interest'],
  conditions: ['purpose-only', 'keep-marking', 'originator-consent', 'delete-after'],
  refusals: [
    { refusalReason: 'ongoing-proceedings', provision: 'StPO § 479 Abs. 1' },
    { refusalReason: 'source-protection', provision: 'PolG NRW § 26 Abs. 1' },
    { refusalReason: 'not-necessary', provision: 'PolG NRW § 27 Abs. 1' },
  ],
  marking: 'PolG NRW § 22b',
};

const intelligence: SimulatedAgency = {
  id: agencyId('verfassungsschutz.example'),
  name: 'Verfassungsschutz des Landes Musterland',
  kind: 'domestic-intelligence',
  regime: 'NATSEC',
  pack: 'DE-NATSEC',
  units: ['Aussteigerprogramm', 'Auswertung'],
  functions: ['Referatsleitung', 'Auswertung'],
  staff: 8,
  alwaysOpen: false,
  system: 'Fachverfahren Auswertung',
  activity: 'aufklaerung@2',
  transmit: { code: 'NATSEC-law', provision: 'VSG NRW § 17 Abs. 1' },
  collect: { code: 'NATSEC-law', provision: 'VSG NRW § 5 Abs. 1' },
  purpose: 'national-security',
  asksFor: ['national-security'],
  asks: { 'polizei.example': 5, 'jva.example': 3, 'ausstieg.example': 1, 'jugendamt.example': 1 },
  holdings: [
    holding('ideology-assessment', 'assessment', 'official', '*'),
    holding('network-contacts', 'third-party-statement', 'official', '+'),
    holding('travel-movements', 'fact', 'official'),
    holding('political-affiliation', 'assessment', 'official', '*'),
    holding('threat-indicator', 'assessment', 'official'),
  ],
  specialGround: 'NATSEC-law',
  gateways: ['public-interest'],
  conditions: ['originator-consent', 'no-onward', 'need-to-know-list', 'no-criminal-evidence', 'no-inform-subject'],
  refusals: [
    { refusalReason: 'national-security', provision: 'VSG NRW § 17 Abs. 3' },
    { refusalReason: 'source-protection', provision: 'VSG NRW § 17 Abs. 3' },
    { refusalReason: 'third-party-originator', provision: 'VSG NRW § 17 Abs. 4' },
  ],
  marking: 'VS-NfD',
};

const youthOffice: SimulatedAgency = {
  id: agencyId('jugendamt.example'),
  name: 'Jugendamt der Stadt Musterstadt',
  kind: 'youth-welfare',
  regime: 'GDPR',
  pack: 'DE-SGB',
  units: ['Jugendhilfe im Strafverfahren', 'Allgemeiner Sozialer Dienst'],
  functions: ['Leitung', 'Fallführung'],
  staff: 17,
  alwaysOpen: false,
  system: 'Jugendhilfe-Fachverfahren',
  activity: 'hilfen-zur-erziehung@6',
  transmit: { code: 'GDPR-A6-1-e', provision: 'SGB X § 69 Abs. 1 Nr. 1' },
  collect: { code: 'GDPR-A6-1-e', provision: 'SGB VIII § 62 Abs. 1' },
  purpose: 'child-welfare',
  asksFor: ['child-welfare', 'exit-support'],
  asks: { 'schule.example': 5, 'klinik.example': 3, 'polizei.example': 3, 'ausstieg.example': 3, 'jva.example': 1 },
  holdings: [
    holding('identity', 'fact', 'social'),
    holding('address', 'fact', 'social'),
    holding('family', 'fact', 'social', '+'),
    holding('housing-work', 'fact', 'social'),
    holding('exit-progress', 'assessment', 'entrusted'),
    holding('education', 'fact', 'social'),
  ],
  specialGround: 'GDPR-A9-2-b',
  gateways: ['consent-subject', 'consent-entruster', 'child-endangerment'],
  conditions: ['purpose-only', 'social-secrecy'],
  refusals: [
    { refusalReason: 'entrusted-data', provision: 'SGB VIII § 65 Abs. 1' },
    { refusalReason: 'endangers-help', provision: 'SGB VIII § 64 Abs. 2' },
    { refusalReason: 'not-necessary', provision: 'SGB X § 67d' },
    { refusalReason: 'child-interest', provision: 'SGB VIII § 64 Abs. 2' },
  ],
};

const clinic: SimulatedAgency = {
  id: agencyId('klinik.example'),
  name: 'Klinik für Psychiatrie Musterstadt',
  kind: 'health',
  regime: 'GDPR',
  pack: 'EU-GDPR',
  units: ['Institutsambulanz', 'Sozialdienst'],
  functions: ['Oberarzt vom Dienst', 'Sozialdienst'],
  staff: 11,
  alwaysOpen: false,
  system: 'Krankenhausinformationssystem',
  activity: 'behandlung@8',
  transmit: { code: 'GDPR-A6-1-a', provision: 'DSGVO Art. 9 Abs. 2 a; StGB § 203 Abs. 1' },
  collect: { code: 'GDPR-A6-1-c', provision: 'BGB § 630f' },
  purpose: 'health-care',
  asksFor: ['health-care'],
  asks: { 'jugendamt.example': 4, 'jva.example': 3, 'bewaehrungshilfe.example': 2, 'ausstieg.example': 2 },
  holdings: [
    holding('mental-health', 'assessment', 'professional', '*'),
    holding('health-record', 'fact', 'professional', '*'),
    holding('exit-progress', 'third-party-statement', 'professional'),
  ],
  specialGround: 'GDPR-A9-2-a',
  gateways: ['release-from-secrecy', 'consent-subject'],
  conditions: ['purpose-only', 'no-onward', 'need-to-know-list'],
  refusals: [
    { refusalReason: 'secrecy', provision: 'StGB § 203 Abs. 1 Nr. 1' },
    { refusalReason: 'special-category', provision: 'DSGVO Art. 9 Abs. 1' },
    { refusalReason: 'not-necessary', provision: 'DSGVO Art. 5 Abs. 1 c' },
  ],
};

const school: SimulatedAgency = {
  id: agencyId('schule.example'),
  name: 'Gesamtschule Musterstadt-Nord',
  kind: 'school',
  regime: 'GDPR',
  pack: 'DE-NW',
  units: ['Schulleitung', 'Schulsozialarbeit'],
  functions: ['Schulleitung', 'Schulsozialarbeit'],
  staff: 9,
  alwaysOpen: false,
  system: 'Schulverwaltung',
  activity: 'schulische-foerderung@3',
  transmit: { code: 'GDPR-A6-1-e', provision: 'SchulG NRW § 120 Abs. 7' },
  collect: { code: 'GDPR-A6-1-e', provision: 'SchulG NRW § 120 Abs. 1' },
  purpose: 'school-support',
  asksFor: ['school-support'],
  asks: { 'jugendamt.example': 5, 'ausstieg.example': 3, 'koordination.example': 2 },
  holdings: [
    holding('school-attendance', 'fact', 'none'),
    holding('education', 'fact', 'none'),
    holding('family', 'third-party-statement', 'none', '+'),
    holding('ideology-assessment', 'assessment', 'none', '*'),
    holding('religious-belief', 'third-party-statement', 'none', '*'),
  ],
  specialGround: 'GDPR-A9-2-g',
  gateways: ['consent-subject'],
  conditions: ['purpose-only'],
  refusals: [
    { refusalReason: 'no-power', provision: 'SchulG NRW § 120 Abs. 7' },
    { refusalReason: 'too-wide', provision: 'DSGVO Art. 5 Abs. 1 c' },
    { refusalReason: 'third-person-rights', provision: 'DSGVO Art. 6 Abs. 1' },
  ],
};

const prison: SimulatedAgency = {
  id: agencyId('jva.example'),
  name: 'Justizvollzugsanstalt Musterstadt',
  kind: 'prison',
  regime: 'LED',
  pack: 'DE-NW',
  units: ['Vollzugsabteilung', 'Sozialdienst'],
  functions: ['Abteilungsleitung', 'Sozialdienst'],
  staff: 12,
  alwaysOpen: true,
  system: 'Vollzugsverwaltung',
  activity: 'strafvollzug@5',
  transmit: { code: 'LED-A8-1', provision: 'JVollzDSG NRW § 13 Abs. 1' },
  collect: { code: 'LED-A8-1', provision: 'JVollzDSG NRW § 3 Abs. 1' },
  purpose: 'prison-management',
  asksFor: ['release-preparation', 'prison-management'],
  asks: {
    'bewaehrungshilfe.example': 5,
    'polizei.example': 4,
    'ausstieg.example': 3,
    'klinik.example': 1,
    'koordination.example': 1,
  },
  holdings: [
    holding('detention-record', 'fact', 'official'),
    holding('criminal-conviction', 'fact', 'official', '*'),
    holding('network-contacts', 'third-party-statement', 'official', '+'),
    holding('exit-progress', 'assessment', 'official'),
  ],
  specialGround: 'LED-A10-a',
  gateways: ['public-interest'],
  conditions: ['purpose-only', 'delete-after', 'originator-consent'],
  refusals: [
    { refusalReason: 'not-necessary', provision: 'JVollzDSG NRW § 13 Abs. 1' },
    { refusalReason: 'third-person-rights', provision: 'JVollzDSG NRW § 13 Abs. 5' },
  ],
};

const probation: SimulatedAgency = {
  id: agencyId('bewaehrungshilfe.example'),
  name: 'Ambulanter Sozialer Dienst der Justiz Musterstadt',
  kind: 'probation',
  regime: 'LED',
  pack: 'DE-NW',
  units: ['Bewährungshilfe', 'Führungsaufsichtsstelle'],
  functions: ['Leitung', 'Bewährungshilfe'],
  staff: 7,
  alwaysOpen: false,
  system: 'Bewährungsakte',
  activity: 'bewaehrungsaufsicht@2',
  transmit: { code: 'LED-A8-1', provision: 'StPO § 481 Abs. 1' },
  collect: { code: 'LED-A8-1', provision: 'StGB § 56d Abs. 3' },
  purpose: 'probation-supervision',
  asksFor: ['probation-supervision', 'exit-support'],
  asks: { 'jva.example': 5, 'polizei.example': 4, 'ausstieg.example': 4, 'jugendamt.example': 2, 'klinik.example': 1 },
  holdings: [
    holding('housing-work', 'fact', 'professional'),
    holding('employer', 'fact', 'professional'),
    holding('exit-progress', 'assessment', 'professional'),
    holding('criminal-conviction', 'fact', 'professional', '*'),
  ],
  specialGround: 'LED-A10-a',
  gateways: ['consent-subject', 'release-from-secrecy', 'court-order'],
  conditions: ['purpose-only', 'delete-after'],
  refusals: [
    { refusalReason: 'secrecy', provision: 'StGB § 203 Abs. 1 Nr. 6' },
    { refusalReason: 'purpose-incompatible', provision: 'StPO § 479 Abs. 2' },
  ],
};

const exitProgramme: SimulatedAgency = {
  id: agencyId('ausstieg.example'),
  name: 'Beratungsstelle Ausstieg Musterland e. V.',
  kind: 'exit-programme',
  regime: 'GDPR',
  pack: 'EU-GDPR',
  units: ['Ausstiegsbegleitung', 'Angehörigenberatung'],
  functions: ['Projektleitung', 'Beratung'],
  staff: 6,
  alwaysOpen: false,
  system: 'Beratungsdokumentation',
  activity: 'ausstiegsbegleitung@3',
  transmit: { code: 'GDPR-A6-1-a', provision: 'DSGVO Art. 6 Abs. 1 a, Einwilligung der beratenen Person' },
  collect: { code: 'GDPR-A6-1-a', provision: 'DSGVO Art. 6 Abs. 1 a, Beratungsvereinbarung' },
  purpose: 'exit-support',
  asksFor: ['exit-support'],
  asks: { 'koordination.example': 3, 'jugendamt.example': 3, 'bewaehrungshilfe.example': 3, 'jva.example': 3 },
  holdings: [
    holding('exit-progress', 'assessment', 'entrusted'),
    holding('ideology-assessment', 'assessment', 'entrusted', '*'),
    holding('philosophical-belief', 'third-party-statement', 'entrusted', '*'),
    holding('housing-work', 'third-party-statement', 'entrusted'),
    holding('family', 'third-party-statement', 'entrusted', '+'),
  ],
  specialGround: 'GDPR-A9-2-a',
  gateways: ['consent-subject', 'release-from-secrecy', 'near-certain-serious-crime'],
  conditions: ['purpose-only', 'no-onward', 'no-criminal-evidence'],
  refusals: [
    { refusalReason: 'entrusted-data', provision: 'DSGVO Art. 6 Abs. 1 a, ohne Einwilligung' },
    { refusalReason: 'endangers-help', provision: 'DSGVO Art. 5 Abs. 1 b' },
    { refusalReason: 'recipient-safeguards', provision: 'DSGVO Art. 5 Abs. 1 f' },
  ],
};

const coordination: SimulatedAgency = {
  id: agencyId('koordination.example'),
  name: 'Kommunale Koordinierung Prävention Musterstadt',
  kind: 'municipal-coordination',
  regime: 'GDPR',
  pack: 'DE-NW',
  units: ['Koordinierungsstelle Prävention'],
  functions: ['Koordination', 'Geschäftsstelle'],
  staff: 5,
  alwaysOpen: false,
  system: 'Fallverwaltung',
  activity: 'fallkoordination@2',
  transmit: { code: 'GDPR-A6-1-e', provision: 'DSG NRW § 8 Abs. 1' },
  collect: { code: 'GDPR-A6-1-e', provision: 'DSG NRW § 3 Abs. 1' },
  purpose: 'case-admission',
  asksFor: ['case-admission', 'exit-support', 'joint-risk-assessment'],
  asks: {
    'polizei.example': 4,
    'schule.example': 4,
    'jugendamt.example': 4,
    'ausstieg.example': 2,
    'klinik.example': 1,
    'jva.example': 1,
    'bewaehrungshilfe.example': 1,
  },
  holdings: [
    holding('identity', 'fact', 'none'),
    holding('address', 'fact', 'none'),
    holding('exit-progress', 'third-party-statement', 'none'),
    holding('housing-work', 'third-party-statement', 'none'),
  ],
  specialGround: 'GDPR-A9-2-g',
  gateways: ['consent-subject'],
  conditions: ['purpose-only'],
  refusals: [
    { refusalReason: 'no-agreement', provision: 'DSGVO Art. 26 Abs. 1' },
    { refusalReason: 'not-necessary', provision: 'DSGVO Art. 5 Abs. 1 c' },
  ],
};

/** The nine agencies that record. */
export const network: readonly SimulatedAgency[] = [
  police,
  intelligence,
  youthOffice,
  clinic,
  school,
  prison,
  probation,
  exitProgramme,
  coordination,
];

const byId = new Map<string, SimulatedAgency>(network.map((agency) => [agency.id, agency]));

/** @throws RangeError when there is no such agency in the simulated network */
export function agencyOf(id: string): SimulatedAgency {
  const agency = byId.get(id);
  if (agency === undefined) throw new RangeError(`${id} is not simulated`);
  return agency;
}

/** The agencies by their ids. */
export const agencyIds: readonly AgencyId[] = network.map(({ id }) => id);
