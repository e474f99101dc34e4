import { isObject, textIn, vocabularies } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { has, partsOf } from '../rules/matter.js';
import { fittingConsent, type Hypothetical } from './hypothetical.js';

/** Something a person can still say, and where: of the whole entry, of the item, of the transfer to a third country. */
export interface Remedy {
  readonly field: string;
  readonly of: 'entry' | 'item' | 'transfer';
  /** anything that the rule would take, to try whether it is this that is lacking */
  readonly value: (entry: Hypothetical) => JsonValue;
  /** a field that says it of some only and counts before it: who says it of all says nothing else there */
  readonly insteadOf?: string;
}

const entry = (field: string, value: Remedy['value']): Remedy => ({ field, of: 'entry', value });
const item = (field: string, value: Remedy['value']): Remedy => ({ field, of: 'item', value });
const transfer = (field: string, value: Remedy['value'] = words): Remedy => ({ field, of: 'transfer', value });
const words = (): string => '-';
const yes = (): boolean => true;

const specialGrounds: Readonly<Record<string, string>> = { LED: 'LED-A10-a', NATSEC: 'NATSEC-law' };
const basis = (): JsonObject => ({ code: 'GDPR-A6-1-e', provision: '-' });
const everyCondition = (): readonly string[] => [...(vocabularies.get('condition')?.terms.keys() ?? [])];
const withCondition =
  (condition: string): Remedy['value'] =>
  ({ data }) => [...(Array.isArray(data['conditions']) ? (data['conditions'] as readonly JsonValue[]) : []), condition];

/**
 * What may mend a broken rule, the likeliest first. Which of it is really lacking is found out by trying, so that this
 * list can never promise what the rule would not keep. A rule without a line can be mended by nothing that is said.
 */
export const remediesOf: Readonly<Record<string, readonly Remedy[]>> = {
  'LOG-01': [entry('justification', words)],
  'LAW-01': [entry('legalBasisTransmit', basis)],
  'LAW-02': [{ ...entry('legalBasisCollect', basis), insteadOf: 'collectBases' }],
  'LAW-04': [entry('regimeChangeProvision', words)],
  'LAW-05': [entry('legalBasisTransmit', basis)],
  'LAW-06': [entry('legalBasisTransmit', basis), entry('legalBasisCollect', basis)],
  'PUR-01': [entry('purposeCompatible', yes)],
  'NEC-02': [entry('necessity', words), entry('alternatives', words)],
  'SPC-01': [
    entry('consentRef', () => fittingConsent),
    entry('specialGround', ({ data }) => specialGrounds[textIn(data, 'regime') ?? ''] ?? 'GDPR-A9-2-g'),
    entry('strictNecessity', words),
  ],
  'SPC-02': [item('thirdPerson', yes), item('thirdPersonReason', words)],
  'SEC-01': [entry('gateway', () => 'release-from-secrecy'), entry('consentRef', () => fittingConsent)],
  'SOC-01': [entry('decidedByHead', yes)],
  'SOC-02': [entry('helpNotEndangered', yes)],
  'CON-01': [entry('conditions', everyCondition)],
  'SOC-03': [entry('conditions', withCondition('social-secrecy'))],
  'MRK-01': [item('marking', words), entry('conditions', withCondition('keep-marking')), item('reCollectionTest', yes)],
  'TRF-01': [transfer('country', () => 'US'), transfer('tool'), transfer('assessment')],
  'TRF-02': [transfer('originAuthorisation')],
  'CHD-01': [entry('ageBand', () => 'adult'), entry('threshold', words)],
  'QUA-01': [
    entry('qualityCheckedAt', ({ at }) => at),
    item('asOf', ({ at }) => at.slice(0, 10)),
    item('reliability', () => 'high'),
    item('itemBasis', () => 'fact'),
  ],
};

/** What lies outside of the entry, and has to be there first. */
export const neededFirst: Readonly<Record<string, string>> = {
  'LAW-03': 'agreement',
  'AGR-02': 'activity',
  'CON-02': 'permissionRef',
  'CNF-03': 'feedbackSheet',
  'SEC-03': 'consentRef',
};

/** What a remedy is called where it is lacking. */
export const nameOf = ({ field, of }: Remedy): string => (of === 'transfer' ? `transfer.${field}` : field);

/** The same entry, with what a remedy says; items have all of them. */
export function mended(one: Hypothetical, remedies: readonly Remedy[]): Hypothetical {
  const said = (of: Remedy['of']): JsonObject =>
    Object.fromEntries(remedies.flatMap((remedy) => (remedy.of === of ? [[remedy.field, remedy.value(one)]] : [])));
  const over = remedies.flatMap(({ insteadOf }) => insteadOf ?? []);
  const before = Object.fromEntries(Object.entries(one.data).filter(([name]) => !over.includes(name)));
  const { items } = before;
  const abroad = said('transfer');
  return {
    ...one,
    data: {
      ...before,
      ...said('entry'),
      ...(Object.keys(abroad).length > 0 && { transfer: { ...transferIn(before), ...abroad } }),
      ...(Array.isArray(items) && {
        items: (items as readonly JsonObject[]).map((line) => ({ ...line, ...said('item') })),
      }),
    },
  };
}

/** Whether nothing is said yet that a remedy would say. */
export function isUnsaid({ data }: Hypothetical, { field, of }: Remedy): boolean {
  const said = { entry: () => [data], item: () => partsOf(data, 'items'), transfer: () => [transferIn(data)] }[of]();
  return said.some((one) => !has(one, field));
}

/** What is said of a transfer to a third country; nothing where it is missing. */
const transferIn = ({ transfer: said }: JsonObject): JsonObject => (isObject(said) && !('missing' in said) ? said : {});
