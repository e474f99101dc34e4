import type { Special } from '../special.js';
import { after } from './after.js';
import { grounds } from './grounds.js';
import { item } from './item.js';
import { keeping } from './keeping.js';
import { law } from './law.js';
import { log } from './log.js';
import { person } from './person.js';
import { room } from './room.js';

/** One deliberate breach a rule. */
export const everyBreach: readonly Special[] = [
  ...log,
  ...law,
  ...item,
  ...grounds,
  ...after,
  ...room,
  ...person,
  ...keeping,
];
