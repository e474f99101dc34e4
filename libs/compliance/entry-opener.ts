import { entryTypes, upcast } from '#catalogue';
import { isInstant, isUuid, type ExchangeId, type LeafIndex } from '#kernel';
import { parseLeaf, readDisclosure, type EntryLeaf, type JsonObject } from '#statement';
import type { StoredRecord } from '#event-store';
import { exchangeAmong, type OpenedBlock, type Vault } from '#vault';
import type { ProjectedEntry, SaidTerms } from './projection.js';

/** An entry that cannot be folded as it stands. Says nothing of what it holds. */
export class UnreadableEntry extends Error {
  override readonly name = 'UnreadableEntry';
}

/**
 * Turns leaves into what projections may see. It is the only place of the views that meets blocks, and it reads
 * `terms` alone. Several projections that follow each other closely share what was opened.
 */
export class EntryOpener {
  readonly #vault: Pick<Vault, 'open' | 'exchangesOf'>;
  readonly #remembered = new Map<LeafIndex, Remembered>();
  readonly #readers: number;
  readonly #capacity: number;

  /**
   * @param readers how many ask for every entry: what the last of them was given is not remembered
   * @param capacity the most opened entries kept in memory
   */
  constructor(vault: Pick<Vault, 'open' | 'exchangesOf'>, { readers, capacity } = { readers: 1, capacity: 0 }) {
    this.#vault = vault;
    this.#readers = readers;
    this.#capacity = capacity;
  }

  /**
   * @throws UnreadableEntry, UnknownDataVersion, InvalidLeaf, InvalidDisclosure, VaultDamaged when one of the records
   * cannot be folded
   * @throws VaultUnavailable
   */
  async open(records: readonly StoredRecord[]): Promise<readonly ProjectedEntry[]> {
    const opened = new Map<LeafIndex, ProjectedEntry>();
    for (const { index } of records) {
      const known = this.#remembered.get(index);
      if (known !== undefined) opened.set(index, known.entry);
    }
    for (const entry of await this.#read(records.filter(({ index }) => !opened.has(index)))) {
      opened.set(entry.index, entry);
    }
    const entries = records.map(({ index }) => opened.get(index) ?? absent(index));
    this.#remember(entries);
    return entries;
  }

  /** Must follow every erasure before anything is opened again. */
  forget(): void {
    this.#remembered.clear();
  }

  async #read(records: readonly StoredRecord[]): Promise<readonly ProjectedEntry[]> {
    if (records.length === 0) return [];
    const leaves = records.map(({ index, bytes }) => ({ index, leaf: entryLeaf(bytes) }));
    const ids = leaves.map(({ leaf }) => leaf.statement.jti);
    const blocks = await this.#vault.open(ids, ['terms']);
    const entries = leaves.map(({ index, leaf }) => ({
      index,
      id: leaf.statement.jti,
      issuer: leaf.statement.iss,
      recordedAt: leaf.recordedAt,
      registry: leaf.registry,
      said: saidBy(leaf, blocks.get(leaf.statement.jti) ?? []),
    }));
    const erased = leaves.filter((_, place) => entries[place]?.said === null).map(({ leaf }) => leaf.statement);
    const places = erased.length === 0 ? new Map() : await this.#vault.exchangesOf(erased.map(({ jti }) => jti));
    const exchanges = new Map(
      erased.map(({ jti, _sd }) => [jti, exchangeAmong(places.get(jti) ?? [], _sd) ?? null] as const),
    );
    return entries.map((entry) => ({ ...entry, exchange: exchangeOf(entry.said) ?? exchanges.get(entry.id) ?? null }));
  }

  #remember(entries: readonly ProjectedEntry[]): void {
    for (const entry of entries) {
      const readers = (this.#remembered.get(entry.index)?.readers ?? this.#readers) - 1;
      if (readers > 0) this.#remembered.set(entry.index, { entry, readers });
      else this.#remembered.delete(entry.index);
    }
    for (const index of this.#remembered.keys()) {
      if (this.#remembered.size <= this.#capacity) break;
      this.#remembered.delete(index);
    }
  }
}

/** An entry with how many will ask for it yet. */
interface Remembered {
  readonly entry: ProjectedEntry;
  readonly readers: number;
}

function absent(index: LeafIndex): never {
  throw new RangeError(`leaf ${index} was not opened`);
}

const exchangeOf = (said: SaidTerms | null): ExchangeId | null => {
  const exchange = said?.terms['exchange'];
  return isUuid(exchange) ? (exchange as ExchangeId) : null;
};

function entryLeaf(bytes: Uint8Array): EntryLeaf {
  const leaf = parseLeaf(bytes);
  if (leaf.log !== 'entries') throw new UnreadableEntry('a leaf of another log');
  return leaf;
}

/** Of the blocks kept under an id, only those the leaf names are the entry's. Erasing leaves a mark, never a hole. */
function saidBy({ statement }: EntryLeaf, blocks: readonly OpenedBlock[]): SaidTerms | null {
  const kept = blocks.find(({ block, digest }) => block === 'terms' && statement._sd.includes(digest));
  if (kept === undefined) throw new UnreadableEntry('its terms are not in the vault');
  if (!('encoded' in kept)) return null;
  return saidTerms(readDisclosure(kept.encoded).value);
}

function saidTerms(terms: JsonObject): SaidTerms {
  const { type, occurredAt } = terms;
  if (typeof type !== 'string' || !isInstant(occurredAt)) throw new UnreadableEntry('terms without type or time');
  return { type, occurredAt, terms: entryTypes.has(type) ? presentForm(type, terms) : terms };
}

const presentForm = (type: string, terms: JsonObject): JsonObject =>
  upcast(type, Number(terms['dataVersion']), { terms }).terms ?? terms;
