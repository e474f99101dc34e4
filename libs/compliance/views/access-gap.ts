import { vocabulary } from '#catalogue';
import type { EntryId } from '#kernel';

const codes = {
  purpose: { en: 'purpose not recorded', de: 'Zweck nicht eingetragen' },
  categories: { en: 'categories of data not recorded', de: 'Datenkategorien nicht eingetragen' },
  recipient: { en: 'recipient not recorded', de: 'Empfänger nicht eingetragen' },
  origin: { en: 'origin not recorded', de: 'Herkunft nicht eingetragen' },
  storage: { en: 'how long it is stored, or by which criteria', de: 'Speicherdauer oder Kriterien dafür' },
  safeguard: { en: 'safeguard of a transfer not recorded', de: 'Garantie einer Übermittlung nicht eingetragen' },
  corrected: { en: 'corrected or taken back: look what is right', de: 'berichtigt oder zurückgenommen: zu prüfen' },
  hidden: { en: 'the person may not know of it yet', de: 'darf der Person noch nicht bekannt werden' },
  'consent-of-service': {
    en: 'an intelligence service has not agreed that it is named',
    de: 'ein Nachrichtendienst hat seiner Nennung nicht zugestimmt',
  },
  omitted: {
    en: 'the agency decided not to name a body of it',
    de: 'nach eigener Entscheidung ist eine beteiligte Stelle nicht zu nennen',
  },
  condition: {
    en: 'a handling condition forbids to inform the person',
    de: 'eine Auflage untersagt die Unterrichtung der Person',
  },
  refused: {
    en: 'the agency decided to refuse access, or to neither confirm nor deny',
    de: 'nach eigener Entscheidung wird keine Auskunft erteilt oder weder bestätigt noch verneint',
  },
  reveals: { en: 'would reveal what is withheld', de: 'verriete, was zurückgehalten wird' },
  'third-persons': { en: 'speaks of other persons, too', de: 'betrifft auch andere Personen' },
  withheld: {
    en: 'holds reasons kept from the person: in the letter, not handed over as an entry',
    de: 'enthält der Person vorenthaltene Gründe: im Schreiben, nicht als Eintrag übergeben',
  },
  erased: { en: 'erased', de: 'gelöscht' },
} as const;

/** What an access answer lacks, what is withheld from the person, or what has to be decided before it goes out. */
export type AccessGapCode = keyof typeof codes;

export const accessGaps = vocabulary('access-gap', 2, codes);

/** Where the law provides that something is withheld from the person. */
const grounds: Readonly<Partial<Record<AccessGapCode, readonly string[]>>> = {
  hidden: ['GDPR 23', 'LED 15(1)'],
  reveals: ['GDPR 23', 'LED 15(1)'],
  'consent-of-service': ['BDSG § 57(4) with § 56(3)', 'SGB X § 83(5)'],
  omitted: ['GDPR 23', 'LED 15(1)'],
  condition: ['GDPR 23', 'LED 9(3)', 'LED 15(1)'],
  refused: ['GDPR 12(5)', 'GDPR 23', 'LED 12(4)', 'LED 15(1)'],
  withheld: ['GDPR 23', 'LED 15(3)'],
  'third-persons': ['GDPR 15(4)', 'LED 15(1)(e)'],
};

export const groundsOf = (what: AccessGapCode): readonly string[] => grounds[what] ?? [];

/** Something that is not in the answer as it is. Without entry it concerns the whole answer. */
export interface AccessGap {
  readonly what: AccessGapCode;
  readonly entry: EntryId | null;
}
