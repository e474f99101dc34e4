import { textIn } from '#catalogue';
import type { Fact } from './matter.js';

/** Whether two entries are about one disclosure, as its sender named it. */
export function isSameDisclosure({ terms: one }: Fact, { terms: other }: Fact): boolean {
  const name = textIn(one, 'disclosureId');
  return name !== null && name === textIn(other, 'disclosureId');
}
