import { vocabulary } from '../vocabulary.js';

/** How long a block is kept, by the law of the recording agency. */
export const retentionClass = vocabulary('retention-class', 1, {
  record: { en: 'as long as the data may be held', de: 'solange die Daten vorgehalten werden dürfen' },
  log: { en: 'as a log', de: 'als Protokoll' },
  decision: { en: 'with the case and its limitation period', de: 'mit dem Fall und seiner Verjährungsfrist' },
});
