import { blocksOf, entryTypes, type EntryType } from '#catalogue';
import { agencyId, entryId, exchangeId, leafIndex, type EntryId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { judge, type Judged } from '../judge.js';
import type { JudgedEntry, Matter } from '../matter.js';
import { everyPack } from '../packs/every-pack.js';
import type { RulePack } from '../packs/pack.js';
import type { RegistryState } from '../registry-state.js';
import { standing, type Rule, type Verdict } from '../rule.js';
import { Settings } from '../settings.js';

export interface Told {
  /** the issuer; `police.example` where it is not said */
  readonly by?: string;
  readonly at: string;
  /** changes of the type's example; undefined removes a field */
  readonly data?: Readonly<Record<string, unknown>>;
  /** later than it happened */
  readonly recordedAt?: string;
}

/** A story that a rule is told: entries as they would be recorded, made from the examples of their types. */
export class Story {
  readonly #entries: JudgedEntry[] = [];
  readonly #linked = new Map<string, Matter>();

  constructor(
    readonly kind: Matter['kind'] = 'exchange',
    private readonly registry: RegistryState = emptyRegistry,
  ) {}

  /** Tells one more entry. @returns its id */
  tell(type: EntryType | string, { by = 'police.example', at, data = {}, recordedAt = at }: Told): EntryId {
    const known = typeof type === 'string' ? entryTypes.get(type) : type;
    if (known === undefined) throw new RangeError(`no type ${typeof type === 'string' ? type : type.name}`);
    const id = idOf(this.#entries.length);
    const { terms } = blocksOf({
      id,
      type: known.name,
      exchange: exchangeId('0195a6f0-0002-7000-8000-0000000000aa'),
      occurredAt: at as Instant,
      data: changed(known.example.data, data),
      expectedVersion: null,
    });
    this.#entries.push({
      index: leafIndex(this.#entries.length),
      id,
      issuer: agencyId(by),
      recordedAt: recordedAt as Instant,
      said: { type: known.name, occurredAt: at as Instant, terms: terms ?? {} },
    });
    return id;
  }

  /** Erases the terms of an entry. */
  erase(id: EntryId): this {
    const at = this.#entries.findIndex((entry) => entry.id === id);
    const entry = this.#entries[at];
    if (entry === undefined) throw new RangeError(`no entry ${id}`);
    this.#entries[at] = { ...entry, said: null };
    return this;
  }

  /** Another matter that entries of this one refer to. */
  link(handle: string, other: Story): this {
    this.#linked.set(handle, other.matter);
    return this;
  }

  get matter(): Matter {
    return { kind: this.kind, id: 'matter', entries: this.#entries, linked: this.#linked };
  }

  judgements(rule: Rule, packs: readonly RulePack[] = everyPack): readonly Judged[] {
    const inForce = { settings: new Settings(packs), registry: this.registry };
    return judge(this.matter, [rule], () => inForce);
  }

  /** What a rule says of the story at a moment, one verdict per judgement. */
  verdicts(rule: Rule, now = '9999-12-31T00:00:00.000Z', packs = everyPack): readonly Verdict['is'][] {
    return this.judgements(rule, packs).map(({ verdict }) => standing(verdict, now as Instant).is);
  }
}

export const emptyRegistry: RegistryState = {
  regimeOf: () => null,
  packOf: () => null,
  calendarOf: () => null,
  isMember: () => true,
  suspendedSince: () => null,
  kindOf: () => null,
  agreementsInForce: () => [],
  hasRegistered: () => false,
};

const idOf = (place: number): EntryId => entryId(`0195a6f0-00aa-7000-8000-${String(place).padStart(12, '0')}`);

function changed(example: JsonObject, changes: Readonly<Record<string, unknown>>): JsonObject {
  const merged = { ...example, ...changes };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as JsonObject;
}
