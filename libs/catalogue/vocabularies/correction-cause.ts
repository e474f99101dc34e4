import { vocabulary } from '../vocabulary.js';

/** Why an entry is corrected. */
export const correctionCause = vocabulary('correction-cause', 1, {
  mistake: { en: 'recorded wrongly', de: 'falsch eingetragen' },
  supplied: { en: 'what followed later is supplied', de: 'nachgereicht' },
  'wrong-person': { en: 'recorded for the wrong person', de: 'bei der falschen Person eingetragen' },
  'wrong-case': { en: 'recorded in the wrong case', de: 'im falschen Fall eingetragen' },
  'never-happened': { en: 'it did not happen', de: 'hat nicht stattgefunden' },
});
