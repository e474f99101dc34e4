import { vocabulary } from '../vocabulary.js';

/** What a body is asked to agree to before a person learns that it received data: BDSG 56(3), 57(5); SGB X § 83(5). */
export const consentOccasion = vocabulary('consent-occasion', 1, {
  notice: { en: 'notice to the person', de: 'Benachrichtigung der Person' },
  'rights-answer': { en: 'answer to a request of the person', de: 'Antwort auf einen Antrag der Person' },
});
