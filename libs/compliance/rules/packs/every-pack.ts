import { euGdpr } from './eu-gdpr.js';
import { euLed } from './eu-led.js';
import { deBdsg3 } from './de-bdsg3.js';
import { deNatsec } from './de-natsec.js';
import { deNw } from './de-nw.js';
import { deSgb } from './de-sgb.js';
import type { RulePack } from './pack.js';

/** The packs that come with the ledger, in the order in which they are applied. */
export const everyPack: readonly RulePack[] = [euGdpr, euLed, deSgb, deNw, deNatsec, deBdsg3];
