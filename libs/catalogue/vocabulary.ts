/** Languages the product speaks to people. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export type Labels = Readonly<Record<Language, string>>;

/** One code of a closed list. `dpv`: IRI of the term of the W3C Data Privacy Vocabulary 2.3 that means the same. */
export interface Term extends Labels {
  readonly dpv?: string;
}

/** A closed list of codes. A code is never reused with another meaning; a new or renamed code is a new version. */
export interface Vocabulary {
  readonly name: string;
  readonly version: number;
  readonly terms: ReadonlyMap<string, Term>;
}

/** Where the parts of the Data Privacy Vocabulary live, by the prefix its editors give them. */
const namespaces = {
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  'legal-eu': 'https://w3id.org/dpv/legal/eu#',
  justifications: 'https://w3id.org/dpv/justifications#',
  'sector-law': 'https://w3id.org/dpv/sector/law#',
  'sector-publicservices': 'https://w3id.org/dpv/sector/publicservices#',
} as const;

/** A term as its list writes it: the mapping with a prefix, `eu-gdpr:A6-1-e`. */
interface Written extends Labels {
  readonly dpv?: `${keyof typeof namespaces}:${string}`;
}

export const vocabulary = (name: string, version: number, terms: Readonly<Record<string, Written>>): Vocabulary => ({
  name,
  version,
  terms: new Map(Object.entries(terms).map(([code, term]) => [code, mapped(term)])),
});

function mapped({ dpv, ...labels }: Written): Term {
  if (dpv === undefined) return labels;
  const colon = dpv.indexOf(':');
  return { ...labels, dpv: namespaces[dpv.slice(0, colon) as keyof typeof namespaces] + dpv.slice(colon + 1) };
}
