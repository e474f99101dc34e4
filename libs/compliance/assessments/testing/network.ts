import { entryTypes } from '#catalogue';
import { agencyId, entryId, treeSize, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { RegistryHistory, type RegistryThen } from '../../registry/registry-history.js';
import { uuidOf } from '../../testing/recorded-log.js';

export const youth = agencyId('youth-office.example');
export const police = agencyId('police.example');
export const intelligence = agencyId('intelligence.example');
/** Under the law of the youth office, and in no agreement with it. */
export const school = agencyId('school.example');
export const at = '2026-11-22T10:00:00.000Z' as Instant;

const [progress] = (entryTypes.get('AgreementAdopted')?.example.data['clauses'] ?? []) as readonly JsonObject[];

/** The clauses of a small network: the catalogue's, one to an intelligence service, and one that leaves much open. */
export const clauses: readonly JsonObject[] = [
  { ...progress, id: 'progress' },
  {
    ...progress,
    id: 'special',
    dataCategories: ['identity', 'mental-health', 'criminal-offence', 'family'],
    specialCategories: true,
    purposes: ['exit-support', 'child-welfare'],
    conditions: ['purpose-only', 'social-secrecy', 'need-to-know-list'],
  },
  {
    ...progress,
    id: 'services',
    to: [intelligence],
    dataCategories: ['identity', 'address', 'employer', 'exit-progress'],
    legalBasisCollect: { code: 'NATSEC-law', provision: 'BVerfSchG § 18' },
  },
];

const kinds = [
  [youth, 'youth-welfare', 'GDPR', 'DE-SGB'],
  [police, 'police', 'LED', 'DE-NW'],
  [intelligence, 'domestic-intelligence', 'NATSEC', 'DE-NATSEC'],
  [school, 'school', 'GDPR', 'DE-SGB'],
] as const;

/** What is in force in it. */
export function inForceThere(changes: JsonObject = {}): RegistryThen {
  const history = new RegistryHistory();
  const adopted = {
    ...entryTypes.get('AgreementAdopted')?.example.data,
    agreement: 'exit',
    version: 2,
    parties: [youth, police, intelligence],
    validFrom: '2026-02-01',
    clauses,
    ...changes,
  };
  const entries: readonly (readonly [string, JsonObject])[] = [
    ...kinds.map(
      ([agency, kind, regime, pack]) =>
        ['AgencyAdmitted', { agency, kind, regime, pack, admittedFrom: '2026-01-01T00:00:00.000Z' }] as const,
    ),
    ['ProcessingActivityRegistered', { activity: 'exit-support', version: 1 }],
    ['AgreementAdopted', adopted],
  ];
  history.add(
    entries.map(([type, data], place) => ({
      id: entryId(uuidOf(`network ${place}`)),
      issuer: youth,
      recordedAt: '2026-01-05T09:00:00.000Z' as Instant,
      type,
      data,
    })),
  );
  return history.at(treeSize(entries.length));
}
