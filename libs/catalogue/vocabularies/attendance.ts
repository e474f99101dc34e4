import { vocabulary } from '../vocabulary.js';

/** Whether a body was in the room for an item of the agenda. */
export const attendance = vocabulary('attendance', 1, {
  present: { en: 'present', de: 'anwesend' },
  'joined-late': { en: 'joined late', de: 'später hinzugekommen' },
  'left-early': { en: 'left early', de: 'vorzeitig gegangen' },
  absent: { en: 'absent', de: 'abwesend' },
});
