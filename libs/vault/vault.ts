import type { AgencyId, EntryId, ExchangeId, TreeSize } from '#kernel';
import type { BlockName } from '#statement';

/** How long a block is kept; what each class means in years is policy of the recording agency. */
export type RetentionClass = 'record' | 'log' | 'decision';

/** A block on its way into the vault. */
export interface SealedBlock {
  readonly block: BlockName;
  readonly retention: RetentionClass;
  /** base64url of SHA-256 over `encoded`: the commitment in the leaf */
  readonly digest: string;
  /** the disclosure of RFC 9901, salt included */
  readonly encoded: string;
}

/** What an entry can be found by. The value never leaves the vault: only a keyed token of it is kept. */
export interface IndexTerm {
  readonly kind: 'case' | 'subject';
  readonly value: string;
}

export interface SealedEntry {
  readonly id: EntryId;
  /** who recorded it, and by whose key alone it can be searched */
  readonly agency: AgencyId;
  readonly exchange: ExchangeId | null;
  readonly blocks: readonly SealedBlock[];
  readonly index: readonly IndexTerm[];
}

export interface ErasedBlock extends Omit<SealedBlock, 'encoded'> {
  readonly erased: true;
}
export type OpenedBlock = SealedBlock | ErasedBlock;

/** Under which exchange an id was stored, and with which blocks: the leaf's digests say whether it is the one that counts. */
export interface Place {
  readonly digests: readonly string[];
  readonly exchange: ExchangeId | null;
}

/** The digests of an id's leaf, or null when no leaf has the id. */
export type DigestsOf = (id: EntryId) => Promise<ReadonlySet<string> | null>;

/** An entry, some of its blocks, or every entry of an exchange. */
export type Destruction =
  { readonly entry: EntryId; readonly blocks?: readonly BlockName[] } | { readonly exchange: ExchangeId };

/**
 * Keeps the content of entries encrypted, so that it can be destroyed while the log stays as it is. The blocks of one
 * entry and retention class share a data key; data keys are kept apart from what they encrypt.
 *
 * Every method rejects with {@link VaultUnavailable} when the vault is closed or cannot be reached or used.
 */
export abstract class Vault {
  /**
   * Keeps all blocks or none; on return they survive power loss. Rows are named by entry id and digest: an id stored
   * again with other salts stands beside the first, because two ledgers may race for it and the leaf decides by its
   * digests which of them counts. A digest that is there already, erased ones included, is left as it is; it only
   * learns of the later append.
   *
   * @param expected the size of `entries` that the leaves of these blocks are about to be appended at. An append fenced
   *   there can no longer succeed once the log is larger, which is what {@link sweep} goes by. Of a digest that is
   *   stored again the larger one counts, so that storing again protects what may be swept at that moment.
   */
  abstract store(entries: readonly SealedEntry[], expected: TreeSize): Promise<void>;

  /**
   * Every block kept for each id, erased ones included. Callers keep those whose digest stands in the leaf.
   *
   * @param only the blocks wanted; every block when left out
   * @returns a map without the ids that have no block
   * @throws VaultDamaged when a block that was not erased cannot be opened
   */
  abstract open(
    ids: readonly EntryId[],
    only?: readonly BlockName[],
  ): Promise<ReadonlyMap<EntryId, readonly OpenedBlock[]>>;

  /**
   * Makes blocks unreadable for ever: keys and ciphertext are gone on return, digest and name stay as *erased*. With
   * the block `people`, or with a whole entry, what it could be found by goes too. Destroying twice does nothing more;
   * after an error, ask again until it succeeds.
   *
   * @returns how many entries lost a block by this call, and how many blocks
   * @throws VaultDamaged when another block under the same key cannot be opened and would be lost as well
   */
  abstract destroy(what: Destruction): Promise<{ readonly entries: number; readonly blocks: number }>;

  /**
   * The entries the agency recorded with this term, in the order they were stored. Other agencies' entries do not
   * exist for it. Callers check that the leaf names the blocks, as after {@link open}.
   */
  abstract search(agency: AgencyId, term: IndexTerm): Promise<readonly EntryId[]>;

  /**
   * Under which exchange each id was stored, once for each time it was stored with new blocks. Opens nothing and needs
   * no key; answers alike after blocks are erased.
   *
   * @returns a map without the ids that have no block
   */
  abstract exchangesOf(ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, readonly Place[]>>;

  /**
   * Removes, without trace, blocks that no leaf names, and keys without blocks: what a crash between vault and log left
   * behind. Looks at nothing a second time that a leaf named. May run while others store: blocks whose append may still
   * succeed are not touched, but looked at again by the next sweep, and a block that is stored again while the sweep
   * runs is there afterwards, with its key.
   *
   * @param size no append expecting less can succeed any more: the size of `entries`, or one more where nobody can be
   *   about to append. Only blocks stored with a smaller `expected` are looked at
   * @param digestsOf must know every leaf below `size`
   * @returns how many blocks were removed
   */
  abstract sweep(size: TreeSize, digestsOf: DigestsOf): Promise<number>;

  /** Closing again does nothing. */
  abstract close(): Promise<void>;
}

/** A block is there but cannot be opened: changed, under another key, or without its key. Never says what it held. */
export class VaultDamaged extends Error {
  override readonly name = 'VaultDamaged';

  constructor(
    readonly entry: EntryId,
    readonly block: BlockName,
    options?: ErrorOptions,
  ) {
    super(`block ${block} of entry ${entry} cannot be opened`, options);
  }
}

/** The vault refuses to start: files are missing, readable by others, or do not belong together. */
export class VaultRefused extends Error {
  override readonly name = 'VaultRefused';
  /** the vault, or its other half, is another ledger's */
  readonly isForeign: boolean;

  constructor(message: string, { isForeign = false, ...options }: ErrorOptions & { isForeign?: boolean } = {}) {
    super(message, options);
    this.isForeign = isForeign;
  }
}

/** The vault cannot answer. After `store`, whether the blocks are kept is unknown; storing them again is safe. */
export class VaultUnavailable extends Error {
  override readonly name = 'VaultUnavailable';
}
