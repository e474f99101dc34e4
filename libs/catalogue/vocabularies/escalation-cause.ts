import { vocabulary } from '../vocabulary.js';

/** Why a request is taken to a higher level. */
export const escalationCause = vocabulary('escalation-cause', 1, {
  'no-answer': { en: 'no answer in time', de: 'keine Antwort innerhalb der Frist' },
  refused: { en: 'refused', de: 'abgelehnt' },
  'competence-unclear': { en: 'competence unclear', de: 'Zuständigkeit ungeklärt' },
  'imminent-danger': { en: 'imminent danger', de: 'Gefahr im Verzug' },
  'law-unclear': { en: 'legal question unresolved', de: 'Rechtsfrage ungeklärt' },
  other: { en: 'other', de: 'Sonstiges' },
});
