import { clusterSettings } from './settings/cluster.js';
import { kafkaSettings } from './settings/kafka.js';
import { ledgerSettings } from './settings/ledger.js';
import { observationSettings } from './settings/observation.js';
import type { Setting } from './settings/setting.js';

/** Every setting there is. Documentation and checks are read from here. */
export const settings = {
  ...ledgerSettings,
  ...clusterSettings,
  ...kafkaSettings,
  ...observationSettings,
} as const satisfies Readonly<Record<string, Setting<unknown>>>;
