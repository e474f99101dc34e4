import { entryTypes, type EntryBody } from '#catalogue';
import type { JsonObject } from '#statement';

let made = 0;

/** A UUID nobody has used in this process. The same run makes the same ones. */
export const freshId = (): string => `0195b000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}`;

/** The complete valid entry the catalogue shows for a type. */
export function exampleOf(type: string): EntryBody {
  const example = entryTypes.get(type)?.example;
  if (example === undefined) throw new Error(`no entry type ${type}`);
  return example;
}

export interface Differing {
  readonly id?: string;
  readonly exchange?: string;
  readonly occurredAt?: string;
  readonly expectedVersion?: number;
  /** fields beside those of the example, or instead of them */
  readonly data?: JsonObject;
}

/** An entry like the catalogue's example, with an id and, where its type has one, an exchange of its own. */
export function entryLike(type: string, { data = {}, ...outer }: Differing = {}): EntryBody {
  const example = exampleOf(type);
  return {
    ...example,
    id: freshId(),
    ...(example.exchange !== undefined && { exchange: freshId() }),
    ...outer,
    data: { ...example.data, ...data },
  };
}

/** The request of the police that most tests begin with. */
export const request = (differing: Differing = {}): EntryBody => entryLike('InformationRequested', differing);

/** Whose entries the catalogue's examples are: they tell one exchange between these two. */
export const police = 'police.example';
export const youthOffice = 'youth-office.example';

const byTheYouthOffice = ['RequestAcknowledged', 'RequestDecided', 'InformationDisclosed', 'DisclosureInvalidated'];

/** The agency that records the example of a type. */
export const recorderOf = (type: string): string => (byTheYouthOffice.includes(type) ? youthOffice : police);

/** The types agencies record, in the order in which their examples happen. */
export const typesOfAgencies: readonly string[] = [...entryTypes.values()]
  .filter(({ recordedBy }) => recordedBy === 'agency')
  .map(({ name }) => name)
  .sort((one, other) => (exampleOf(one).id < exampleOf(other).id ? -1 : 1));
