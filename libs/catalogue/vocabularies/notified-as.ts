import { vocabulary } from '../vocabulary.js';

/** Why a body is told: it received the data, or they came from it. */
export const notifiedAs = vocabulary('notified-as', 1, {
  recipient: { en: 'recipient', de: 'Empfangsstelle' },
  originator: { en: 'body the data came from', de: 'Ursprungsstelle' },
});
