import { ConferenceFollowUp } from '../conference-follow-up.js';
import type { EntryType } from '../entry-type.js';
import { Required } from '../field.js';
import { reference } from '../kind.js';
import type { Given } from '../missing.js';
import { said } from '../reading.js';

/**
 * A body keeps silent on an item. That is its right and it owes no reason (BE: Constitutional Court 52/2021, no duty to
 * speak), so there is no field for one, nor for who kept silent in its name.
 */
export class ContributionDeclined extends ConferenceFollowUp {
  @Required('terms', reference)
  readonly agendaItem: Given<string>;
}

export const contributionDeclined: EntryType = {
  name: 'ContributionDeclined',
  title: { en: 'Contribution declined', de: 'Von einem Beitrag abgesehen' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ContributionDeclined,
  matter: { kind: 'conference', openedBy: 'convening' },

  sentence(terms, language) {
    const item = said(terms['agendaItem'], language);
    return language === 'de'
      ? `Zu Punkt ${item} wurde von einem Beitrag abgesehen.`
      : `No contribution was made to item ${item}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000213',
    type: 'ContributionDeclined',
    exchange: '0195a6f0-0002-7000-8000-000000000210',
    occurredAt: '2025-03-10T13:40:00.000Z',
    data: {
      regime: 'GDPR',
      convening: '0195a6f0-0001-7000-8000-000000000210',
      agendaItem: '2',
    },
  },
};
