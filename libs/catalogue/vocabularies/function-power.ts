import { vocabulary } from '../vocabulary.js';

/** What a function within a body may do in its name. */
export const functionPower = vocabulary('function-power', 1, {
  request: { en: 'request information', de: 'Auskunft ersuchen' },
  decide: { en: 'decide requests', de: 'über Ersuchen entscheiden' },
  'decide-security-bodies': {
    en: 'decide on social data for security bodies',
    de: 'über Sozialdaten an Sicherheitsbehörden entscheiden',
  },
  disclose: { en: 'disclose information', de: 'Informationen übermitteln' },
  'lift-secrecy': { en: 'lift secrecy', de: 'eine Schweigepflicht durchbrechen' },
  'confirm-emergency': { en: 'confirm emergencies', de: 'Eilfälle bestätigen' },
  'take-part-in-conferences': { en: 'take part in case conferences', de: 'an Fallkonferenzen teilnehmen' },
  'approve-minutes': { en: 'approve minutes', de: 'Protokolle genehmigen' },
  'decide-rights-requests': {
    en: 'decide requests of persons concerned',
    de: 'über Anträge betroffener Personen entscheiden',
  },
  'assess-check-notes': { en: 'assess check notes', de: 'Prüfhinweise bewerten' },
});
