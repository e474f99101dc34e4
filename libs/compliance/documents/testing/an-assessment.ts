import { agencyId, type Instant } from '#kernel';
import type { Assessment, ItemAdvice, Reason } from '../../assessments/assessment.js';
import type { AgencyNames } from '../words.js';

const nothing: Reason = { rule: null, clause: null, sources: [], lacks: null, byConsent: false };

export const reason = (changes: Partial<Reason>): Reason => ({ ...nothing, ...changes });

export const passing: ItemAdvice = {
  item: 0,
  dataCategory: 'identity',
  advice: 'yes',
  reasons: [reason({ clause: 'exit-network@2#support' })],
};

export const depending: ItemAdvice = {
  item: 1,
  dataCategory: 'mental-health',
  advice: 'only-with',
  reasons: [
    reason({
      rule: 'SEC-01',
      sources: ['StGB § 203, § 34, § 138', 'SGB X § 67d†'],
      lacks: 'gateway',
      byConsent: true,
    }),
  ],
};

export const impossible: ItemAdvice = {
  item: 2,
  dataCategory: 'criminal-conviction',
  advice: 'leave-out',
  reasons: [reason({ rule: 'LAW-05', sources: ['GDPR 10'] })],
};

export const anAssessment = (changes: Partial<Assessment> = {}): Assessment => ({
  id: '0193aaaa-0000-7000-8000-000000000001',
  kind: 'disclosure',
  template: 'exit-network@2#support',
  agency: agencyId('youth-office.example'),
  counterparts: [agencyId('police.example'), agencyId('clinic.example')],
  at: '2026-11-22T23:30:00.000Z' as Instant,
  purpose: 'exit-support',
  legalBasisTransmit: { code: 'GDPR-A6-1-e', provision: 'SGB X § 69(1) no. 1' },
  legalBasisCollect: { code: 'LED-A8-1', provision: 'PolG NRW § 9' },
  conditions: ['purpose-only', 'social-secrecy'],
  retentionTold: 'Until the case is closed.',
  consult: ['special-category'],
  items: [passing, depending, impossible],
  reasons: [reason({ rule: 'LAW-02', sources: ['BVerfG 1 BvR 1873/13'], lacks: 'legalBasisCollect' })],
  ...changes,
});

export const agencyNames: AgencyNames = new Map([
  ['youth-office.example', 'Jugendamt Musterstadt'],
  ['police.example', 'Polizei Musterstadt'],
]);
