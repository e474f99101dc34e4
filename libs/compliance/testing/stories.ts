import type { AgencyId, EntryId, ExchangeId } from '#kernel';
import type { JsonObject } from '#statement';
import { exchangeOf, police, uuidOf, youthOffice, type Told } from './recorded-log.js';

/** How tests tell what happened. */
export const requested = (
  issuer: AgencyId,
  addressee: AgencyId,
  exchange: ExchangeId,
  more: JsonObject = {},
): Told => ({
  issuer,
  type: 'InformationRequested',
  exchange,
  terms: { addressee, purpose: 'exit-support', items: [{ dataCategory: 'family' }], ...more },
});

export const decided = (issuer: AgencyId, exchange: ExchangeId, decision: string, more: JsonObject = {}): Told => ({
  issuer,
  type: 'RequestDecided',
  exchange,
  terms: { decision, ...more },
});

/** The disclosure of an exchange is named after it unless told otherwise. */
export const disclosureOf = (exchange: ExchangeId): string => uuidOf(`disclosure of ${exchange}`);

export const disclosed = (
  issuer: AgencyId,
  recipients: readonly AgencyId[],
  exchange: ExchangeId,
  more: JsonObject = {},
): Told => ({
  issuer,
  type: 'InformationDisclosed',
  exchange,
  terms: {
    disclosureId: disclosureOf(exchange),
    spontaneous: false,
    recipients,
    purpose: 'exit-support',
    legalBasisTransmit: { code: 'GDPR-A6-1-e', provision: 'SGB X § 69(1) no. 1' },
    items: [{ dataCategory: 'family' }, { dataCategory: 'exit-progress' }],
    ...more,
  },
});

const about =
  (type: string) =>
  (issuer: AgencyId, exchange: ExchangeId, more: JsonObject = {}): Told => ({
    issuer,
    type,
    exchange,
    terms: { disclosureId: disclosureOf(exchange), ...more },
  });

export const received = about('DisclosureReceived');
export const feedbackGiven = about('FeedbackGiven');
export const invalidated = about('DisclosureInvalidated');

export const corrected = (issuer: AgencyId, exchange: ExchangeId, corrects: EntryId, more: JsonObject = {}): Told => ({
  issuer,
  type: 'EntryCorrected',
  exchange,
  terms: { corrects, cause: 'mistake', ...more },
});

export const looked = (accessor: AgencyId, owner: AgencyId, hiddenFromOwner: boolean): Told => ({
  issuer: 'ledger' as AgencyId,
  type: 'LedgerAccessed',
  terms: { agency: accessor, owner, hiddenFromOwner, role: 'dpo', accessPurpose: 'lawfulness-check' },
});

/** One exchange from the request to the feedback, and a look at it. */
export const story: readonly Told[] = [
  requested(police, youthOffice, exchangeOf('first')),
  disclosed(youthOffice, [police], exchangeOf('first')),
  received(police, exchangeOf('first')),
  feedbackGiven(police, exchangeOf('first')),
  looked(youthOffice, police, false),
];

/** A check of so many entries of the log. */
export const checked = (hour: number, treeSize: number): Told => ({
  issuer: police,
  type: 'IntegrityVerified',
  terms: { log: 'entries', verdict: 'valid', checked: ['leaves', 'checkpoint'], treeSize },
  hour,
});
