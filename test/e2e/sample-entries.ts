import { entryTypes, textIn, type EntryBody } from '#catalogue';
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

/** Whose entries the catalogue's examples are: most of them tell one exchange between the first two. */
export const police = 'police.example';
export const youthOffice = 'youth-office.example';
export const intelligence = 'domestic-intelligence.example';

const byRegime: Readonly<Record<string, string>> = { LED: police, NATSEC: intelligence };

/** The agency that records the example of a type: each of them works under a regime of its own. */
export const recorderOf = (type: string): string =>
  byRegime[textIn(exampleOf(type).data, 'regime') ?? ''] ?? youthOffice;

const inOrder = [...entryTypes.values()].sort((one, other) => (one.example.id < other.example.id ? -1 : 1));

/** The types of the log `entries` that agencies record, in the order of their examples. */
export const typesOfAgencies: readonly string[] = inOrder
  .filter(({ recordedBy, log }) => recordedBy === 'agency' && log === 'entries')
  .map(({ name }) => name);

/** The types of everything that is sent, with who sends the example. The ledger writes the others itself. */
export const sentTypes: readonly (readonly [type: string, role: 'agency' | 'dpo' | 'operator', by: string])[] =
  inOrder.flatMap(({ name, recordedBy }) => {
    if (recordedBy === 'ledger') return [];
    return [[name, recordedBy, recordedBy === 'operator' ? 'host.example' : recorderOf(name)] as const];
  });
