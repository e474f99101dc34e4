import { createHash } from 'node:crypto';
import type { AgencyId } from '#kernel';
import { usual } from './calibration.js';
import type { Random } from './random.js';

/** Somebody the network works with. Nobody is meant; there is nothing but a number and roles. */
export interface Person {
  readonly key: string;
  readonly ageBand: 'under-14' | '14-17' | 'adult' | 'unknown';
  readonly subjectCategory: string;
}

export function somebody(random: Random): Person {
  const isMinor = random.happens(usual.minors);
  return {
    key: random.uuidAt(0),
    ageBand: isMinor ? random.weighted({ 'under-14': 1, '14-17': 6 }) : random.weighted({ adult: 40, unknown: 1 }),
    subjectCategory: isMinor
      ? random.weighted({ client: 9, contact: 1 })
      : random.weighted({ client: 12, suspect: 3, convicted: 3, contact: 1, family: 1 }),
  };
}

export const isMinor = ({ ageBand }: Person): boolean => ageBand === 'under-14' || ageBand === '14-17';

/** What one agency calls a case or a person: pairwise, so that two agencies cannot join their files by it. */
export const pseudonym = (kind: 'case' | 'person' | 'file', { key }: Person, agency: AgencyId): string =>
  `${kind}-${createHash('sha256').update(`${kind} ${key} ${agency}`).digest('hex').slice(0, 10)}`;
