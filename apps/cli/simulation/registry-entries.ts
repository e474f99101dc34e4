import type { EntryBody } from '#catalogue';
import { agencyId, ledgerIssuer, type AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { derivedId } from '#statement';
import type { Intent } from './intent.js';
import { agencyOf, network, supervisor } from './network.js';
import { firmConditions } from './disclosure.js';
import type { SimulatedEntry } from './script.js';
import type { SimulatedAgency } from './simulated-agency.js';

const since = '2000-01-03T08:00:00.000Z';
const reviewDue = '2099-12-31';
const validFrom = '2000-01-03';

/** One registry entry that is the same for every simulation. */
export const registryEntry = (agency: AgencyId, type: string, name: string, data: JsonObject): SimulatedEntry => ({
  agency,
  body: { id: derivedId('nachweis simulation', `${type} ${name}`), type, occurredAt: since, data } satisfies EntryBody,
});

const purposes = [...new Set(network.flatMap(({ purpose, asksFor }) => [purpose, ...asksFor])), 'crime-investigation'];
const dataCategories = [...new Set(network.flatMap(({ holdings }) => holdings.map((one) => one.dataCategory)))];

/** What one agency may pass on to all others, its own and what it got from them; each relies on its own law. */
const clauseOf = (agency: SimulatedAgency): JsonObject => ({
  id: agency.id.replace('.example', ''),
  from: [agency.id],
  to: network.filter((one) => one !== agency).map(({ id }) => id),
  purposes,
  dataCategories,
  specialCategories: true,
  legalBasisTransmit: { ...agency.transmit },
  collectBases: network.filter((one) => one !== agency).map(({ id, collect }) => ({ agency: id, ...collect })),
  conditions: [...firmConditions(agency)],
  regimeChangeProvision: agency.transmit.provision,
  activities: [{ agency: agency.id, activity: agency.activity }],
  ...(agency.kind === 'municipal-coordination' && {
    conference: { undertakingRequired: true, attendancePerItem: true, consensusForPolice: true },
  }),
});

const coordination = agencyOf('koordination.example');

const activityOf = ({ activity, ...agency }: SimulatedAgency): JsonObject => {
  const [name = '', version = '1'] = activity.split('@');
  return {
    activity: name,
    version: Number(version),
    title: agency.name,
    regime: agency.regime,
    purposes: [agency.purpose],
    subjectCategories: ['client'],
    dataCategories: [...new Set(agency.holdings.map((one) => one.dataCategory))],
    recipients: network.filter(({ id }) => id !== agency.id).map(({ id }) => id),
    retention: 'Drei Jahre nach Abschluss des Falls',
    contactPoint: `Datenschutz, datenschutz@${agency.id}`,
    dpoOffice: `Datenschutz, datenschutz@${agency.id}`,
    validFrom,
  };
};

/**
 * What this network adds to the pack of federal bodies: it keeps no logs at all, hears of transfers
 * early, and knows a rule that no German law has.
 * Nobody acts under it but the stories that need such a rule.
 */
const federalPack: JsonObject = {
  pack: 'DE-BDSG3',
  version: 1001,
  extends: ['EU-LED'],
  validFrom,
  calendar: 'DE-NW',
  timeZone: 'Europe/Berlin',
  overrides: [
    { rule: 'RET-01', kind: 'policy', deadline: { amount: 0, unit: 'hours' }, source: 'Simulation' },
    { rule: 'TRF-03', kind: 'policy', applies: true, deadline: { amount: 1, unit: 'months' }, source: 'Simulation' },
    { rule: 'PUR-02', kind: 'policy', applies: true, source: 'Simulation' },
  ],
};

/** 32 bytes that stand for a document or a key that nobody has. */
const someBytes = (letter: string): string => letter.repeat(42).padEnd(43, 'A');

/** What the operator records of bodies and keys. The guest is no part of the network: a suspended body records nothing. */
const operated = (guest: AgencyId): readonly SimulatedEntry[] =>
  (
    [
      ['RulePackPublished', federalPack],
      [
        'AgencyAdmitted',
        {
          agency: guest,
          name: 'Verein für Jugendhilfe Musterstadt e. V.',
          kind: 'other',
          regime: 'GDPR',
          pack: 'EU-GDPR',
          contactPoint: `Datenschutz, datenschutz@${guest}`,
          admittedFrom: since,
        },
      ],
      ['AgencySuspended', { agency: guest, suspendedFrom: since, cause: 'own-request' }],
      [
        'KeyRegistered',
        { agency: guest, keyId: 'verein-1', use: 'documents', publicKey: someBytes('B'), validFrom: since },
      ],
      [
        'KeyRotated',
        {
          agency: guest,
          use: 'documents',
          replaces: 'verein-1',
          keyId: 'verein-2',
          publicKey: someBytes('C'),
          validFrom: since,
        },
      ],
      ['KeyRevoked', { agency: guest, keyId: 'verein-2', cause: 'body-left', notTrustedFrom: since }],
    ] as const
  ).map(([type, data]) => ({ ...registryEntry(ledgerIssuer, type, String(guest), data), by: 'operator' }));

/** An agreement of two bodies that was written anew once, and ended long ago. */
function formerAgreement({ id }: SimulatedAgency, other: SimulatedAgency): readonly SimulatedEntry[] {
  const agreement = 'schule-koordinierung';
  const version = (number: number, more: JsonObject): JsonObject => ({
    agreement,
    version: number,
    title: 'Zusammenarbeit von Schule und Koordinierung',
    parties: [id, other.id],
    controllership: 'separate',
    reviewDue,
    clauses: [
      {
        id: 'meldungen',
        from: [other.id],
        to: [id],
        purposes: ['case-admission'],
        dataCategories: ['education'],
        specialCategories: false,
        legalBasisTransmit: { ...other.transmit },
        legalBasisCollect: { code: 'GDPR-A6-1-e', provision: 'DSG NRW § 3 Abs. 1' },
      },
    ],
    ...more,
  });
  return [
    registryEntry(id, 'AgreementAdopted', `${agreement}@1`, version(1, { validFrom })),
    registryEntry(
      id,
      'AgreementAmended',
      `${agreement}@2`,
      version(2, { validFrom: '2000-06-01', supersedes: `${agreement}@1` }),
    ),
    registryEntry(id, 'AgreementTerminated', agreement, {
      agreement,
      lastDay: '2000-12-31',
      cause: 'replaced',
      replacedBy: 'netzwerk-ausstieg-musterstadt',
    }),
  ];
}

/** What the network agreed on and registered before it shared anything. Recorded after the admissions. */
export function registryEntries(): readonly SimulatedEntry[] {
  const { id, activity } = coordination;
  const dpia = { activities: [activity], performedOn: validFrom, dpoConsulted: true, version: 1 };
  return [
    ...operated(agencyId('verein.example')),
    ...network.map((one) => registryEntry(one.id, 'ProcessingActivityRegistered', one.id, activityOf(one))),
    registryEntry(id, 'DpiaRecorded', 'dsfa-netzwerk', {
      ...dpia,
      dpia: 'dsfa-netzwerk',
      outcome: 'high-residual-risk',
      reviewDue,
    }),
    registryEntry(id, 'PriorConsultationRecorded', 'dsfa-netzwerk', {
      authority: supervisor,
      dpia: 'dsfa-netzwerk@1',
      askedOn: validFrom,
      outcome: 'advice-given',
    }),
    registryEntry(id, 'DpiaRecorded', forgottenReview, {
      ...dpia,
      dpia: forgottenReview,
      outcome: 'risks-acceptable',
      reviewDue: '2001-01-02',
    }),
    registryEntry(id, 'PolicyPublished', 'weitergabe', {
      policy: 'weitergabe',
      version: 1,
      kind: 'sharing',
      title: 'Wer über eine Weitergabe entscheidet',
      validFrom,
      documentDigest: someBytes('D'),
    }),
    registryEntry(id, 'RoleDefined', 'koordination', {
      functionName: 'Koordination',
      powers: ['request', 'take-part-in-conferences'],
      validFrom,
    }),
    ...formerAgreement(coordination, agencyOf('schule.example')),
    registryEntry(id, 'AgreementAdopted', 'netzwerk-ausstieg-musterstadt@3', {
      agreement: 'netzwerk-ausstieg-musterstadt',
      version: 3,
      title: 'Zusammenarbeit im Netzwerk Ausstieg Musterstadt',
      parties: network.map((one) => one.id),
      controllership: 'separate',
      validFrom,
      reviewDue,
      dpia: 'dsfa-netzwerk@1',
      clauses: network.map(clauseOf),
    }),
  ];
}

const forgottenReview = 'dsfa-fallkoordination';

/** What is wrong with it on purpose: one impact assessment is never looked at again. */
export function intendedInRegistry(): readonly Intent[] {
  return registryEntries()
    .filter(({ body }) => body.data['dpia'] === forgottenReview)
    .map(({ agency, body }) => ({ rule: 'AGR-01', agency, entry: body.id, part: null }));
}
