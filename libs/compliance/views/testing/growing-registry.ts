import type { AgencyId, TreeSize } from '#kernel';
import { RegistryFollower } from '../../registry/registry-follower.js';
import type { RegistryThen } from '../../registry/registry-history.js';
import { clinic, police, youthOffice, type RecordedLog, type Registered } from '../../testing/recorded-log.js';

const admitted = (agency: AgencyId, pack: string, hour: number): Registered => ({
  issuer: police,
  type: 'AgencyAdmitted',
  hour,
  data: { agency, pack, regime: pack === 'DE-BDSG3' ? 'LED' : 'GDPR', admittedFrom: '2026-03-01T00:00:00.000Z' },
});

/** The time that each of two duties of a recipient may take, by a pack that is published. */
const published = (version: number, pack: string, amount: number, hour: number): Registered => ({
  issuer: police,
  type: 'RulePackPublished',
  hour,
  data: {
    pack,
    version,
    validFrom: '2026-03-01',
    overrides: ['LOG-04', 'FBK-01'].map((rule) => ({
      rule,
      source: 'Decision of the network',
      deadline: { amount, unit: 'working-days' },
    })),
  },
});

const agreement = (version: number, reviewDue: string, hour: number): Registered => ({
  issuer: police,
  type: version === 1 ? 'AgreementAdopted' : 'AgreementAmended',
  hour,
  data: { agreement: 'exit-network', version, parties: [police, clinic], reviewDue },
});

/** A registry that grows: bodies join, agreements are amended, and what is owed gets another time by and by. */
export const growingRegistry: readonly Registered[] = [
  admitted(police, 'DE-BDSG3', 0),
  admitted(youthOffice, 'DE-SGB', 0),
  agreement(1, '2026-06-01', 6),
  published(1001, 'DE-BDSG3', 11, 24),
  published(1001, 'DE-SGB', 12, 30),
  admitted(clinic, 'DE-SGB', 48),
  agreement(2, '2026-09-01', 54),
  published(1002, 'DE-SGB', 21, 60),
  published(1002, 'DE-BDSG3', 22, 24 * 20),
];

/** The registry of a log, as far as it has grown. */
export async function registryOfLog({ store }: RecordedLog): Promise<RegistryThen> {
  const size: TreeSize = await store.size('registry');
  return new RegistryFollower(store).registryAt(size);
}
