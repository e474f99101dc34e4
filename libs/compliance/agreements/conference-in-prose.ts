import { isObject, type Labels, type Language, said } from '#catalogue';
import type { JsonObject } from '#statement';
import { clauseFields, fieldInWords } from './agreement-fields.js';
import { filled } from './sentence.js';

const heading: Labels = { en: 'Case conferences under clause {}.', de: 'Fallkonferenzen nach Klausel {}.' };

/** What is said where a rule is set, and where it is expressly not. */
const rules: Readonly<Record<string, Readonly<Record<'yes' | 'no' | 'open', Labels>>>> = {
  undertakingRequired: {
    yes: {
      en: 'Who takes part has signed an undertaking of confidentiality.',
      de: 'Wer teilnimmt, hat eine Verpflichtung auf Verschwiegenheit unterzeichnet.',
    },
    no: {
      en: 'No undertaking of confidentiality is asked for.',
      de: 'Eine Verpflichtung auf Verschwiegenheit wird nicht verlangt.',
    },
    open: {
      en: 'Undertaking of confidentiality: {}.',
      de: 'Verpflichtung auf Verschwiegenheit: {}.',
    },
  },
  attendancePerItem: {
    yes: {
      en: 'Who is present is recorded item by item.',
      de: 'Wer anwesend ist, wird für jeden Tagesordnungspunkt festgehalten.',
    },
    no: {
      en: 'Who is present is recorded for the conference as a whole.',
      de: 'Wer anwesend ist, wird für die Konferenz im Ganzen festgehalten.',
    },
    open: { en: 'Attendance item by item: {}.', de: 'Anwesenheit je Tagesordnungspunkt: {}.' },
  },
  consensusForPolice: {
    yes: {
      en: 'What goes to the police needs the consent of all present.',
      de: 'Was an die Polizei geht, bedarf der Zustimmung aller Anwesenden.',
    },
    no: {
      en: 'What goes to the police is decided by who passes it on.',
      de: 'Über die Weitergabe an die Polizei entscheidet, wer weitergibt.',
    },
    open: {
      en: 'Consent of all present for what goes to the police: {}.',
      de: 'Zustimmung aller Anwesenden für die Weitergabe an die Polizei: {}.',
    },
  },
};

const standing: Labels = {
  en: 'Always invited: {}. Others are invited for single items.',
  de: 'Ständig eingeladen: {}. Andere werden zu einzelnen Tagesordnungspunkten eingeladen.',
};

/** The rules of a clause for case conferences; no paragraph where it has none. */
export function conferenceInProse(clause: JsonObject, language: Language): readonly string[] {
  const { conference } = clause;
  if (conference === undefined) return [];
  const words = (name: string): string => fieldInWords(clause, clauseFields, `conference.${name}`, language);
  const isSet = (name: string): boolean => isObject(conference) && conference[name] !== undefined;
  const limits = ['contributionsWithin', 'minutesWithin'].filter(isSet);
  return [
    [
      filled(heading[language], [said(clause['id'], language)]),
      ...(isSet('standing') ? [filled(standing[language], [words('standing')])] : []),
      ...Object.entries(rules).flatMap(([name, { yes, no, open }]) => {
        if (!isSet(name)) return [];
        const value = isObject(conference) ? conference[name] : undefined;
        return [filled((value === true ? yes : value === false ? no : open)[language], [words(name)])];
      }),
      ...limits.map((name) => `${clauseFields[`conference.${name}`]?.[language] ?? name}: ${words(name)}.`),
    ].join(' '),
  ];
}
