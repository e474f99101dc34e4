import type { Labels, Language } from '#catalogue';
import type { Advice, Assessment } from '../assessments/assessment.js';
import { checked, consultation } from './disclosure-note.js';
import { blanks, type Document, heading, list, paragraph, type Part, signature, table } from './document.js';
import { frame, handling } from './frame.js';
import { lackingInWords } from './lacking-in-words.js';
import { type AgencyNames, type Words, wordsIn } from './words.js';

const wording = {
  title: { en: 'Conference sheet', de: 'Bogen zur Fallkonferenz' },
  about: {
    en: 'What may be said in this room. Checked on {} against the agreements and rules in force then; reference of the check: {}.',
    de: 'Was in diesem Kreis gesagt werden darf. Geprüft am {} nach den zu dieser Zeit geltenden Vereinbarungen und Regeln; Kennung der Prüfung: {}.',
  },
  present: { en: 'Who is in the room', de: 'Wer anwesend ist' },
  attendance: {
    en: 'Whoever is in the room receives what is said. Who need not hear an item leaves the room for it.',
    de: 'Wer anwesend ist, empfängt, was gesagt wird. Wer einen Punkt nicht hören muss, verlässt dazu den Raum.',
  },
  hearing: { en: 'Who may hear what', de: 'Wer was hören darf' },
  everything: { en: 'everything', de: 'alles' },
  nothing: { en: 'nothing', de: 'nichts' },
  attendanceCaption: { en: 'Attendance', de: 'Anwesenheit' },
  secrecy: {
    en: 'All present keep secret what they hear here and use it for the named purpose only.',
    de: 'Alle Anwesenden bewahren über das hier Gehörte Stillschweigen und verwenden es nur zu dem genannten Zweck.',
  },
  contributions: { en: 'Contributions', de: 'Beiträge' },
  right: {
    en: 'Nobody has to contribute, and nobody owes a reason for not doing so. Facts are kept apart from assessments.',
    de: 'Niemand muss einen Beitrag leisten oder begründen, warum nicht. Tatsachen und Einschätzungen werden getrennt.',
  },
  contributionsCaption: { en: 'What was contributed', de: 'Was beigetragen wurde' },
  handling: { en: 'Handling conditions and retention', de: 'Auflagen und Speicherdauer' },
  decisions: { en: 'Decisions', de: 'Beschlüsse' },
  decisionsCaption: { en: 'What was decided', de: 'Was beschlossen wurde' },
  leaves: { en: 'What leaves the room', de: 'Was den Kreis verlässt' },
  feedback: {
    en: 'Only what all who contributed to it agreed on goes to others:',
    de: 'Nach außen geht nur, worauf sich alle verständigt haben, die dazu beigetragen haben:',
  },
  signed: { en: 'Signature of who convened', de: 'Unterschrift der einberufenden Stelle' },
} as const satisfies Readonly<Record<string, Labels>>;

type Texts = Readonly<Record<Language, readonly string[]>>;

const heads = {
  attendance: {
    en: ['Agency', 'Function', 'Present for agenda items'],
    de: ['Stelle', 'Funktion', 'Anwesend zu den Tagesordnungspunkten'],
  },
  hearing: {
    en: [
      'Agency',
      'May hear (item numbers)',
      'Only with what is missing',
      'Leaves the room for',
      'Missing of the agency',
    ],
    de: [
      'Stelle',
      'Darf hören (Nummern der Angaben)',
      'Nur, wenn das Fehlende vorliegt',
      'Verlässt den Raum bei',
      'Was der Stelle fehlt',
    ],
  },
  contributions: {
    en: ['Agenda item', 'Contributed by (agency)', 'Items (numbers above)', 'Fact or assessment'],
    de: ['Tagesordnungspunkt', 'Beitrag von (Stelle)', 'Angaben (Nummern oben)', 'Tatsache oder Einschätzung'],
  },
  decisions: {
    en: ['Decision', 'Who does it', 'Until', 'Dissent'],
    de: ['Beschluss', 'Wer ist zuständig', 'Bis wann', 'Abweichende Meinung'],
  },
} as const satisfies Readonly<Record<string, Texts>>;

const byHand: Readonly<Record<'head' | 'leaves', Texts>> = {
  head: {
    en: ['File number', 'Day and place', 'Chair', 'Next review'],
    de: ['Aktenzeichen', 'Tag und Ort', 'Leitung', 'Nächste Überprüfung'],
  },
  leaves: {
    en: ['Content', 'To whom', 'Agreed by', 'Person concerned informed on, or why not'],
    de: ['Inhalt', 'An wen', 'Verständigt haben sich', 'Betroffene Person unterrichtet am, oder warum nicht'],
  },
};

/** Room for as many lines as a conference usually needs. */
const empty = (columns: readonly string[], count: number): readonly (readonly null[])[] =>
  Array.from({ length: count }, () => columns.map(() => null));

/**
 * The one sheet of a case conference: what may be said in this room, who is in it, who contributed what, and what was
 * decided. It expands into the entries that are owed.
 */
export function conferenceSheet(assessment: Assessment, language: Language, names: AgencyNames = new Map()): Document {
  const words = wordsIn(language, names);
  const room = [...new Set([assessment.agency, ...assessment.counterparts])];
  const { attendance, contributions, decisions } = heads;
  return {
    language,
    title: words.say(wording.title),
    parts: [
      paragraph(words.say(wording.about, words.day(assessment.at), assessment.id)),
      blanks(...byHand.head[language]),
      frame(assessment, words),
      heading(words.say(wording.present)),
      list([words.say(wording.attendance), words.say(wording.secrecy)]),
      table(
        words.say(wording.attendanceCaption),
        attendance[language],
        room.map((agency) => [words.agency(agency), null, null]),
      ),
      ...checked(assessment, words),
      ...hearings(assessment, words),
      ...consultation(assessment, words),
      heading(words.say(wording.contributions)),
      paragraph(words.say(wording.right)),
      table(words.say(wording.contributionsCaption), contributions[language], empty(contributions[language], 6)),
      heading(words.say(wording.handling)),
      ...handling(assessment, words),
      heading(words.say(wording.decisions)),
      table(words.say(wording.decisionsCaption), decisions[language], empty(decisions[language], 4)),
      heading(words.say(wording.leaves)),
      paragraph(words.say(wording.feedback)),
      blanks(...byHand.leaves[language]),
      signature(words.say(wording.signed)),
    ],
  };
}

/** Body by body; nothing where that was not asked. */
function hearings({ hearings: all }: Assessment, words: Words): readonly Part[] {
  if (all === undefined || all.length === 0) return [];
  const rows = all.map(({ agency, items, reasons }) => {
    const about = (advice: Advice): string => {
      const numbers = items.flatMap((one, place) => (one === advice ? [String(place + 1)] : []));
      if (numbers.length === 0) return words.say(wording.nothing);
      return numbers.length === items.length ? words.say(wording.everything) : numbers.join(', ');
    };
    const missing = [...new Set(reasons.flatMap(({ lacks }) => lacks ?? []))];
    const lacking = missing.map((name) => lackingInWords(name, words.language)).join('; ');
    const [free, bound, barred] = (['yes', 'only-with', 'leave-out'] as const).map(about);
    return [words.agency(agency), free ?? null, bound ?? null, barred ?? null, lacking || words.say(wording.nothing)];
  });
  return [table(words.say(wording.hearing), heads.hearing[words.language], rows)];
}
