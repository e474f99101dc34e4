import { vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import { erasedOf, type Fact, type Matter } from '../rules/matter.js';

/** Whether another body did what it was to do. */
export const replyState = vocabulary('reply-state', 1, {
  came: { en: 'came', de: 'liegt vor' },
  open: { en: 'still open', de: 'noch offen' },
  'not-decidable': { en: 'not decidable (erased)', de: 'nicht feststellbar (gelöscht)' },
});

/** A code of {@link replyState}. What is not there may have been among what that body recorded and is erased. */
export function replyOf(reply: Fact | undefined, from: AgencyId, matter: Pick<Matter, 'entries'>): string {
  if (reply !== undefined) return 'came';
  return erasedOf(matter).some(({ issuer }) => issuer === from) ? 'not-decidable' : 'open';
}
