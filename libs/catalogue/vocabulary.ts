/** Languages the product speaks to people. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export type Labels = Readonly<Record<Language, string>>;

/** One code of a closed list. `dpv` names the term of the W3C Data Privacy Vocabulary 2.3 that means the same. */
export interface Term extends Labels {
  readonly dpv?: string;
}

/** A closed list of codes. A code is never reused with another meaning; a new or renamed code is a new version. */
export interface Vocabulary {
  readonly name: string;
  readonly version: number;
  readonly terms: ReadonlyMap<string, Term>;
}

export const vocabulary = (name: string, version: number, terms: Readonly<Record<string, Term>>): Vocabulary => ({
  name,
  version,
  terms: new Map(Object.entries(terms)),
});
