import { vocabulary } from '../vocabulary.js';

/** Why a disclosure should not stand: LED 7(3), 16. */
export const invalidationCause = vocabulary('invalidation-cause', 1, {
  incorrect: { en: 'incorrect', de: 'unrichtig' },
  unlawful: { en: 'unlawful', de: 'unrechtmäßig' },
  superseded: { en: 'superseded', de: 'überholt' },
});
