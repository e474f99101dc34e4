import { type Labels, type Language, vocabularies } from '#catalogue';

/** Fields of a request, a decision and a disclosure, as what is missing is called. */
export const lackingFields: Readonly<Record<string, Labels>> = {
  activity: { en: 'the processing activity of the register', de: 'die Verarbeitungstätigkeit des Verzeichnisses' },
  actor: { en: 'who acts', de: 'wer handelt' },
  actorFunction: { en: 'in which function somebody acts', de: 'die Funktion, in der gehandelt wird' },
  addressee: { en: 'who is asked', de: 'die Stelle, an die sich das Ersuchen richtet' },
  addresseeUnit: { en: 'the unit that is asked', de: 'die zuständige Organisationseinheit' },
  ageBand: { en: 'the age band of the person concerned', de: 'die Altersgruppe der betroffenen Person' },
  agency: { en: 'the body', de: 'die Stelle' },
  agendaItem: { en: 'the agenda item', de: 'der Tagesordnungspunkt' },
  agreement: { en: 'an agreement in force', de: 'eine geltende Vereinbarung' },
  alternatives: { en: 'whether fewer or anonymous data would do', de: 'ob weniger oder anonyme Daten genügen' },
  asOf: { en: 'the day for which the item was true', de: 'der Tag, für den die Angabe zutraf' },
  assessment: { en: 'the assessment of the safeguards abroad', de: 'die Beurteilung der Garantien im Ausland' },
  attendees: { en: 'who hears it', de: 'wer zuhört' },
  authorised: {
    en: 'the entitlement of who is present to take part',
    de: 'die Befugnis der Anwesenden zur Teilnahme',
  },
  automation: { en: 'how far the decision is automated', de: 'der Grad der Automatisierung' },
  balancing: { en: 'the balancing of interests', de: 'die Interessenabwägung' },
  case: { en: 'the case', de: 'der Fall' },
  channel: { en: 'the way it is passed on', de: 'der Übermittlungsweg' },
  code: { en: 'the legal ground', de: 'der Erlaubnistatbestand' },
  collectBases: { en: 'the powers to collect', de: 'die Erhebungsbefugnisse' },
  collectedFor: { en: 'what the item was collected for', de: 'der Zweck, zu dem die Angabe erhoben wurde' },
  complete: { en: 'whether the item is complete', de: 'ob die Angabe vollständig ist' },
  conditions: { en: 'the handling conditions', de: 'die Auflagen' },
  conference: { en: 'the case conference', de: 'die Fallkonferenz' },
  conferenceRef: { en: 'the case conference', de: 'die Fallkonferenz' },
  consentRef: { en: 'the consent or release relied on', de: 'die Einwilligung oder Schweigepflichtentbindung' },
  consequenceIfRefused: { en: 'what follows from a refusal', de: 'die Folge einer Ablehnung' },
  country: { en: 'the country of the recipient', de: 'das Empfangsland' },
  dataCategory: { en: 'the category of data', de: 'die Datenkategorie' },
  decidedBy: { en: 'who decides', de: 'wer entscheidet' },
  decidedByFunction: { en: 'the function of who decides', de: 'die Funktion der entscheidenden Person' },
  decidedByHead: {
    en: 'the decision of the head of the office or the deputy',
    de: 'die Entscheidung der Behördenleitung oder ihrer Stellvertretung',
  },
  derivedFrom: { en: 'the disclosures that are passed on', de: 'die Übermittlungen, die weitergegeben werden' },
  deviationReason: {
    en: 'why the advice of the data protection officer is not followed',
    de: 'warum der Stellungnahme der oder des Datenschutzbeauftragten nicht gefolgt wird',
  },
  dpoConsulted: {
    en: 'the advice of the data protection officer',
    de: 'die Beteiligung der oder des Datenschutzbeauftragten',
  },
  feedbackSheet: {
    en: 'the feedback sheet of the conference, approved by all present',
    de: 'der von allen Anwesenden abgestimmte Rückmeldebogen der Fallkonferenz',
  },
  gateway: { en: 'the ground for lifting secrecy', de: 'die Offenbarungsbefugnis' },
  helpNotEndangered: {
    en: 'that the success of the help is not endangered',
    de: 'die Feststellung, dass der Erfolg der Hilfe nicht in Frage gestellt wird',
  },
  intendedRecipients: { en: 'who shall receive the answer', de: 'die vorgesehenen Empfänger' },
  intendedRetention: { en: 'how long it is meant to be kept', de: 'die vorgesehene Speicherdauer' },
  itemBasis: { en: 'whether it is a fact or an assessment', de: 'ob es eine Tatsache oder eine Einschätzung ist' },
  items: { en: 'what is to be passed on', de: 'die einzelnen Angaben' },
  justification: { en: 'the reason', de: 'die Begründung' },
  legalBasisCollect: { en: 'the power to collect', de: 'die Erhebungsbefugnis' },
  legalBasisTransmit: { en: 'the power to transmit', de: 'die Übermittlungsbefugnis' },
  marking: { en: 'the marking of police data', de: 'die Kennzeichnung polizeilicher Daten' },
  necessity: { en: 'why it is necessary', de: 'die Begründung der Erforderlichkeit' },
  neededBy: { en: 'by when it is needed', de: 'bis wann die Angaben benötigt werden' },
  originAuthorisation: {
    en: 'the authorisation of the state the data come from',
    de: 'die Genehmigung des Staates, aus dem die Daten stammen',
  },
  originState: { en: 'the state the data come from', de: 'der Staat, aus dem die Daten stammen' },
  pack: { en: 'the rule pack', de: 'das Regelpaket' },
  period: { en: 'the period the item is about', de: 'der Zeitraum, auf den sich die Angabe bezieht' },
  permissionRef: { en: 'the permission for onward sharing', de: 'die Zustimmung zur Weitergabe' },
  provision: { en: 'the provision of law', de: 'die Vorschrift' },
  purpose: { en: 'the purpose', de: 'der Zweck' },
  purposeCompatible: {
    en: 'that the purpose is compatible with that of the collection',
    de: 'die Feststellung, dass der Zweck mit dem der Erhebung vereinbar ist',
  },
  qualityCheckedAt: { en: 'the check of quality', de: 'die Prüfung der Datenqualität' },
  question: { en: 'the question', de: 'die Frage' },
  recipientPersons: { en: 'the persons who receive', de: 'die empfangenden Personen' },
  recipients: { en: 'who receives', de: 'die empfangenden Stellen' },
  recipientUnit: { en: 'the unit that receives', de: 'die empfangende Organisationseinheit' },
  reCollectionTest: {
    en: 'whether the recipient could have collected it by the same means',
    de: 'die Prüfung der hypothetischen Neuerhebung',
  },
  refusalReason: { en: 'the ground of the refusal', de: 'der Ablehnungsgrund' },
  regime: { en: 'the data protection regime', de: 'das Datenschutzregime' },
  regimeChangeProvision: {
    en: 'the provision that allows the change of regime',
    de: 'die Vorschrift für den Wechsel des Datenschutzregimes',
  },
  regimeRecipient: { en: "the recipient's regime", de: 'das Datenschutzregime der empfangenden Stelle' },
  reliability: { en: 'how reliable the item is', de: 'die Zuverlässigkeit der Angabe' },
  request: { en: 'the request that is answered', de: 'das Ersuchen, das beantwortet wird' },
  requestKind: { en: 'the kind of request', de: 'die Art des Ersuchens' },
  retentionTold: { en: 'how long the data may be kept', de: 'die Speicherdauer bei der empfangenden Stelle' },
  reviewer: { en: 'who looked at what a tool proposed', de: 'wer den Vorschlag des Werkzeugs geprüft hat' },
  secondApprover: { en: 'a second approval', de: 'eine zweite Zustimmung' },
  secrecyClass: { en: 'whether the item is bound by secrecy', de: 'ob die Angabe der Schweigepflicht unterliegt' },
  specialCategory: {
    en: 'whether the item is of a special category',
    de: 'ob die Angabe zu den besonderen Kategorien gehört',
  },
  specialGround: { en: 'the ground for special categories', de: 'der Erlaubnisgrund für besondere Kategorien' },
  strictNecessity: {
    en: 'why it is strictly necessary',
    de: 'die Begründung, warum es unbedingt erforderlich ist',
  },
  subject: { en: 'the person concerned', de: 'die betroffene Person' },
  subjectCategory: { en: 'the role of the person concerned', de: 'die Rolle der betroffenen Person' },
  subjectInformed: { en: 'whether the person concerned is informed', de: 'ob die betroffene Person unterrichtet ist' },
  subjectNotInformedBecause: {
    en: 'why the person concerned is not informed',
    de: 'warum die betroffene Person nicht unterrichtet ist',
  },
  subjectRisk: { en: 'the risk for the person or for the help', de: 'das Risiko für die Person oder die Hilfe' },
  thirdPerson: { en: 'whether the item is about somebody else too', de: 'ob die Angabe auch Dritte betrifft' },
  thirdPersonReason: {
    en: 'why data about somebody else are needed',
    de: 'die Begründung für Angaben über Dritte',
  },
  threshold: { en: 'the threshold the law sets', de: 'die gesetzliche Übermittlungsschwelle' },
  tool: { en: 'the ground for the transfer abroad', de: 'die Grundlage der Übermittlung ins Ausland' },
  transfer: { en: 'the ground for the transfer abroad', de: 'die Grundlage der Übermittlung ins Ausland' },
  undertakingSigned: {
    en: 'the signed undertaking of secrecy of who is present',
    de: 'die unterschriebene Verpflichtung der Anwesenden auf Verschwiegenheit',
  },
  unit: { en: 'the unit', de: 'die Organisationseinheit' },
  urgency: { en: 'the urgency', de: 'die Dringlichkeit' },
};

const unnamed: Labels = {
  en: 'something that the rule asks for',
  de: 'eine Angabe, die die Regel verlangt',
};

/** Codes that may be lacking themselves: a ground, a condition, what somebody is asked for. */
const lists = ['gateway', 'condition', 'special-ground', 'dpo-consultation', 'legal-basis'];

/**
 * What is missing, in words. A name that nobody has given words yet is never shown as it is.
 *
 * @param name a field, also one within another like `legalBasisTransmit.provision`, or a code
 */
export function lackingInWords(name: string, language: Language): string {
  const found =
    fieldNamed(name) ??
    lists.map((list) => vocabularies.get(list)?.terms.get(name)).find((term) => term !== undefined) ??
    fieldNamed(name.split(/[./]/).at(-1) ?? name);
  return (found ?? unnamed)[language];
}

const fieldNamed = (name: string): Labels | undefined =>
  Object.hasOwn(lackingFields, name) ? lackingFields[name] : undefined;
