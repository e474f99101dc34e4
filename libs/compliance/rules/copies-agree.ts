import { agenciesIn, textIn } from '#catalogue';
import type { Fact } from './matter.js';

/**
 * Whether what was recorded as disclosed and what a recipient recorded as received are the same. A digest is made under a
 * key of one pair: that of a disclosure to several compares with no receipt, and what the recipient says of the manifest
 * decides. Who does not know whether it matches has not found that it does.
 */
export function copiesAgree({ terms: sent }: Fact, { terms: received }: Fact): boolean {
  if (received['matchesManifest'] === false) return false;
  const [one, other] = [textIn(sent, 'manifestDigest'), textIn(received, 'manifestDigest')];
  const isOfOnePair = new Set(agenciesIn(sent, 'recipients')).size === 1;
  return isOfOnePair && one !== null && other !== null ? one === other : received['matchesManifest'] === true;
}
