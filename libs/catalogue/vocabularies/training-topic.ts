import { vocabulary } from '../vocabulary.js';

/** What a training was about. */
export const trainingTopic = vocabulary('training-topic', 1, {
  'data-protection': { en: 'data protection', de: 'Datenschutz', dpv: 'dpv:DataProtectionTraining' },
  secrecy: { en: 'professional and social secrecy', de: 'Schweigepflicht und Sozialgeheimnis' },
  'information-sharing': { en: 'sharing between bodies', de: 'Datenweitergabe zwischen Stellen' },
  security: { en: 'information security', de: 'Informationssicherheit', dpv: 'dpv:SecurityKnowledgeTraining' },
  'case-conference': { en: 'case conferences', de: 'Fallkonferenzen' },
  'rights-requests': { en: 'requests of persons concerned', de: 'Anträge betroffener Personen' },
});
