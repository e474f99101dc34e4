import { highestShippedVersion } from '#catalogue';
import { DomainError } from '#kernel';
import type { PackVersion } from './known-packs.js';
import type { RegisterView } from './register.js';

/**
 * Decides whether a version of a rule pack may be published: only above the numbers of packs that come with the ledger
 * and above every version there was, so that what check notes cite is one text.
 *
 * @throws DomainError `invalid-entry` with a pointer
 */
export function judgePack({ code, version }: PackVersion, register: Pick<RegisterView, 'latestPack'>): void {
  const taken = Math.max(highestShippedVersion, register.latestPack(code));
  if (version > taken) return;
  throw new DomainError('invalid-entry', 'the pack cannot stand beside its other versions', [
    { pointer: '/data/version', detail: `expected a version above ${taken}: lower ones are taken` },
  ]);
}
