import { agencyIn, entryTypes, textIn } from '#catalogue';
import { isUuid } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import type { ProjectedEntry } from '../projection.js';
import { everyRule } from '../rules/every-rule.js';
import type { About, JudgedEntry } from '../rules/matter.js';
import { isAbout } from '../rules/rule.js';

/** Where an entry belongs. */
export interface MatterName {
  readonly kind: About;
  readonly id: string;
}

/** How an entry is connected with others, by what they call each other. */
export interface Connections {
  readonly matters: readonly MatterName[];
  /** see {@link handlesOf} */
  readonly handles: readonly string[];
  /** what it calls others */
  readonly references: readonly string[];
}

/**
 * Where an entry belongs and what it refers to. Of an erased one only its exchange is known. An entry without an
 * exchange stands alone, as if it were one; what opens a matter or belongs to one is judged there, too.
 */
export function connectionsOf(entry: Pick<ProjectedEntry, 'id' | 'issuer' | 'exchange' | 'said'>): Connections {
  const { id, issuer, exchange, said } = entry;
  const own: MatterName = { kind: 'exchange', id: exchange ?? id };
  if (said === null) return { matters: [own], handles: [id], references: [] };
  const { type, terms } = said;
  const opened = matterOf(type, id, terms);
  // Nothing is said anew of what a check note cites.
  const isNote = opened?.kind === 'check-note';
  const handles = handlesOf(entry);
  const known = new Set<string>([...handles, own.id]);
  return {
    matters: [own, ...(opened === null ? [] : [opened]), ...agenciesAsWhole(type, issuer, terms)],
    handles,
    references: isNote ? [] : [...new Set(Object.values(terms).flatMap(uuids))].filter((one) => !known.has(one)),
  };
}

/** What others call an entry: its id, and the disclosure it made. */
export const handlesOf = ({ id, said }: Pick<ProjectedEntry, 'id' | 'said'>): readonly string[] => [
  ...new Set([id, ...(said?.type === 'InformationDisclosed' ? uuids(said.terms['disclosureId']) : [])]),
];

/** In which kinds of matters an entry stands. */
export const kindsOf = ({ id, issuer, said }: JudgedEntry): readonly About[] =>
  connectionsOf({ id, issuer, said, exchange: null }).matters.map(({ kind }) => kind);

/** Few types say something of an agency as a whole: with all of its entries, such a matter would grow without end. */
const typesOfAgencies = new Set(
  everyRule
    .filter((rule) => isAbout(rule, 'agency'))
    .flatMap(({ reads, daily }) => reads.filter((type) => !daily?.types.includes(type))),
);

/** Whether every entry of a type says something of an agency as a whole. */
export const isAgencyWide = (type: string): boolean => typesOfAgencies.has(type);

function agenciesAsWhole(type: string, issuer: string, terms: JsonObject): readonly MatterName[] {
  if (!isAgencyWide(type)) return [];
  const named = agencyIn(terms, 'agency');
  return [...new Set([issuer, ...(named === null ? [] : [named])])].map((id) => ({ kind: 'agency', id }));
}

function matterOf(type: string, id: string, terms: JsonObject): MatterName | null {
  const matter = entryTypes.get(type)?.matter;
  if (matter === undefined) return null;
  if (matter.openedBy === undefined) return { kind: matter.kind, id };
  const opener = textIn(terms, matter.openedBy);
  return isUuid(opener) ? { kind: matter.kind, id: opener } : null;
}

const uuids = (value: JsonValue | undefined): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter(isUuid);
