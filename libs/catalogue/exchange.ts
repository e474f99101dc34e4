import { exchangeVersion } from '#kernel';
import { entryTypes } from './entry-types.js';
import type { EntryType, Said } from './entry-type.js';
import { type ExchangeHead, union } from './exchange-head.js';

/**
 * Folds one more entry into an exchange. Total: any order, any JSON in `terms`, unknown types included, because the
 * register must be able to fold whatever the log holds.
 *
 * @param head null for the exchange's first entry
 */
export function evolve(head: ExchangeHead | null, said: Said): ExchangeHead {
  const before = head ?? opened(said);
  const type = entryTypes.get(said.type);
  const joining = [said.issuer, ...(type?.recipients?.(said.terms) ?? [])];
  const counted: ExchangeHead = {
    ...before,
    parties: union(before.parties, joining),
    version: exchangeVersion(before.version + 1),
  };
  return type?.moves?.(counted, said) ?? counted;
}

/**
 * Why an entry is not its sender's to say, or null. Nothing else about an exchange is ever refused, least of all order.
 *
 * @param recorder in which capacity the sender was authenticated
 */
export function refusalOf(
  type: EntryType,
  recorder: EntryType['recordedBy'],
  head: ExchangeHead | null,
  said: Said,
): string | null {
  if (type.recordedBy !== recorder) return `${type.name} is recorded by ${bodies[type.recordedBy]} only`;
  return type.refusal?.(head, said) ?? null;
}

const bodies = {
  agency: 'agencies',
  dpo: 'data protection officers',
  operator: 'the operator',
  ledger: 'the ledger itself',
} as const;

const opened = ({ occurredAt }: Said): ExchangeHead => ({
  parties: [],
  requester: null,
  disclosers: [],
  recipients: [],
  state: 'opened',
  since: occurredAt,
  version: exchangeVersion(0),
  waitingFor: [],
  doneAhead: [],
  owedOnce: [],
  escalations: [],
});
