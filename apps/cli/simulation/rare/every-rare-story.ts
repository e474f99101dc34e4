import type { Special } from '../special.js';
import { around } from './around.js';
import { exchange } from './exchange.js';

/** What seldom happens and is told once a year, all of it as it should be. */
export const everyRareStory: readonly Special[] = [...exchange, ...around];
