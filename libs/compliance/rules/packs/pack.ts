import type { Place } from '../deadlines/calendar.js';
import type { RuleSettings } from '../rule.js';

/**
 * A body of law or policy as data. It changes settings of rules; it never changes what a rule looks at. Packs are
 * applied in the order of {@link packOrder}, each over the ones before it; what was published of a pack over what comes
 * with the ledger.
 */
export interface RulePack {
  readonly code: string;
  readonly version: number;
  /** codes of packs it builds on: they bind whom it binds, in this order and before it */
  readonly extends?: readonly string[];
  /** how days are counted under it; what it leaves open is as the packs before it have it */
  readonly place?: Partial<Place>;
  /** by the rule's id, each with the provision it rests on */
  readonly rules: Readonly<Record<string, Partial<RuleSettings> & { readonly source?: string }>>;
}

/** From the general to the special. */
export const packOrder = ['EU-GDPR', 'EU-LED', 'DE-SGB', 'DE-NW', 'DE-NATSEC', 'DE-BDSG3'] as const;

/** What binds everybody under a regime, whatever else does. */
export const baseOf: Readonly<Record<string, (typeof packOrder)[number]>> = {
  GDPR: 'EU-GDPR',
  LED: 'EU-LED',
  NATSEC: 'DE-NATSEC',
};
