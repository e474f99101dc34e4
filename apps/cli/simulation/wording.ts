/** Sentences as workers write them. No person, no body and no case is meant. */
export const wording = {
  lateUsual: [
    'Nacherfassung aus der Fallakte.',
    'Aus der Akte des Vorgangs nachgetragen.',
    'Nachträglich aus dem Fachverfahren übernommen.',
  ],
  lateParticular: [
    'Mündlich in der Fallkonferenz mitgeteilt, erst nach dem Wochenende erfasst.',
    'Nachts telefonisch übermittelt; Erfassung durch den Tagdienst.',
    'Das Fachverfahren war zwei Tage nicht erreichbar.',
    'Vertretungsfall, die Erfassung wurde nachgeholt.',
  ],
  referral: [
    'Auffällige Äußerungen und Rückzug aus dem bisherigen Umfeld; fachliche Einschätzung erbeten.',
    'Wiederholte Hinweise auf eine Hinwendung zu einer extremistischen Gruppe.',
    'Die Bezugsperson berichtet von neuen Kontakten und einer deutlichen Veränderung des Verhaltens.',
    'Verbreitung einschlägiger Inhalte; eine akute Gefährdung ist nicht erkennbar.',
  ],
  request: [
    'Die Fallkonferenz hat einen gemeinsamen nächsten Schritt vereinbart und braucht den aktuellen Stand.',
    'Für die Gefährdungsbewertung fehlen Angaben, die nur dort vorliegen.',
    'Die Hilfeplanung steht an; ohne die Angaben kann die geeignete Hilfe nicht bestimmt werden.',
    'Vor der Entlassung ist zu klären, wer die Begleitung übernimmt.',
  ],
  screening: [
    'Vorprüfung einer Meldung: Ist die Person dort bereits bekannt?',
    'Vor der Fallaufnahme ist zu klären, ob schon eine Hilfe läuft.',
  ],
  question: [
    'Wie ist der Stand der vereinbarten Begleitung?',
    'Gab es in den letzten drei Monaten Veränderungen?',
    'Bestehen Bedenken gegen den geplanten nächsten Schritt?',
  ],
  necessity: [
    'Nur der Stand wird mitgeteilt, keine Gesprächsinhalte.',
    'Ohne diese Angabe lässt sich die Gefährdung nicht einschätzen.',
    'Die Angaben beschränken sich auf die letzten sechs Monate.',
  ],
  strictNecessity: [
    'Die Bewertung hängt unmittelbar von dieser Angabe ab; eine allgemeinere genügt nicht.',
    'Ohne die Angabe wäre eine Eigen- oder Fremdgefährdung nicht erkennbar.',
  ],
  alternatives: [
    'Eine anonyme Fallbesprechung reicht nicht, weil der Fall beiden Stellen bekannt ist.',
    'Eine pseudonyme Mitteilung wurde geprüft; die Zuordnung wäre nicht möglich.',
  ],
  reasonTold: [
    'Vorbereitung der nächsten Fallkonferenz.',
    'Fortschreibung der gemeinsamen Einschätzung.',
    'Klärung der Zuständigkeit.',
  ],
  grant: [
    'Die Angaben sind für den genannten Zweck erforderlich; überwiegende Belange stehen nicht entgegen.',
    'Die Begleitung wurde gemeinsam vereinbart, daher darf ihr Stand mitgeteilt werden.',
  ],
  refusal: [
    'Die Voraussetzungen für eine Übermittlung liegen nicht vor.',
    'Die Angaben wurden im Vertrauen gemacht; eine Einwilligung liegt nicht vor.',
    'Das Ersuchen geht über das hinaus, was für den Zweck gebraucht wird.',
  ],
  notHeld: ['Zu der Person liegen hier keine Unterlagen vor.'],
  redirect: ['Zuständig ist eine andere Stelle; dorthin wird verwiesen.'],
  defer: ['Die Entscheidung wird bis zur Stellungnahme der Datenschutzbeauftragten zurückgestellt.'],
  refusalTold: [
    'Eine Übermittlung ist derzeit nicht möglich; eine Einwilligung könnte sie ermöglichen.',
    'Bitte grenzen Sie das Ersuchen auf die letzten sechs Monate ein.',
  ],
  disclosure: [
    'Die Übermittlung ist zur Vorbereitung des vereinbarten nächsten Schritts erforderlich.',
    'Die empfangende Stelle braucht die Angaben für ihre eigene Aufgabe.',
    'Die Information ist für den Schutz des jungen Menschen wesentlich.',
  ],
  warning: [
    'Verlegung steht bevor; die aufnehmende Stelle muss vorbereitet sein.',
    'Es gibt Hinweise auf eine Gefährdung, die nicht warten können.',
    'Die Begleitung endet; die nächste Stelle soll anschließen können.',
  ],
  contribution: ['Beitrag zur gemeinsamen Einschätzung in der Fallkonferenz.'],
  passingOn: ['Die Angabe wird an die Stelle weitergegeben, die die Begleitung übernimmt.'],
  thirdPerson: [
    'Ohne die Beziehung zu der weiteren Person ist die Angabe nicht verständlich.',
    'Die weitere Person ist an der Hilfe beteiligt.',
  ],
  retention: ['Bis zum Abschluss des Falls, höchstens zwei Jahre.', 'Löschung nach sechs Monaten.'],
  lacking: ['Bitte den Zeitraum nennen.', 'Bitte die Rechtsgrundlage des Ersuchens ergänzen.'],
  dpoAdvice: ['Keine Bedenken, wenn die Auflagen mitgeteilt werden.', 'Anwesenheitslisten gehen zu weit.'],
  risk: ['Keine, solange die Auflagen eingehalten werden.', 'Der Zugang zur Person könnte verloren gehen.'],
  withheld: ['Die Person erfährt von dem geplanten Schritt erst nach der Fallkonferenz.'],
  consultation: ['Prüfung, ob zu dem Ersuchen Unterlagen vorliegen.', 'Vorbereitung der Fallkonferenz.'],
  keeping: ['Übernahme der mitgeteilten Angaben in die Fallakte.'],
  combining: ['Zusammenführung für die gemeinsame Gefährdungsbewertung.'],
  adoption: ['Aufnahme als Fall durch Beschluss der Fallkonferenz.'],
  remark: [
    'Die Angaben wurden für den nächsten Schritt verwendet.',
    'Bitte künftig den Stichtag angeben.',
    'Für die Bewertung werden weitere Angaben gebraucht.',
  ],
  wrong: ['Das Geburtsdatum wurde falsch übernommen.', 'Die Angabe bezog sich auf eine andere Person gleichen Namens.'],
  correction: ['Bitte berichtigen Sie das Geburtsdatum in Ihrem Bestand.', 'Bitte löschen Sie die Angabe.'],
  notDone: ['Der alte Stand ist in einem laufenden Verfahren gebunden; er wurde gesperrt.'],
  rejected: ['Wird von der Rechtsabteilung geprüft.'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
