import { textIn, type Said } from '#catalogue';
import { exchangeId, leafIndex, type AgencyId, type EntryId, type Instant, type LogName } from '#kernel';
import {
  InvalidLeaf,
  parseLeaf,
  readDisclosure,
  type EntryLeaf,
  type JsonObject,
  type Leaf,
  type RegistryLeaf,
} from '#statement';
import type { EventStore, StoredRecord } from '#event-store';
import { VaultDamaged, type OpenedBlock, type Vault } from '#vault';
import { entryMarks, registryMarks } from './judge.js';
import { LogDamaged, requireGapless } from './log-damaged.js';
import { RegisterOverlay, type Mark, type Register } from './register.js';

const batchSize = 400;

/** What a register is folded from. */
interface FoldParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly register: Register;
  /** hears of blocks that are there and cannot be opened */
  readonly damaged?: (damage: VaultDamaged) => void;
}

/**
 * Brings the register up to the end of a log: at start, after another ledger has appended, after an unknown outcome.
 * What the vault has erased leaves only the id behind.
 *
 * @throws LogDamaged when the log lost leaves that the register has seen, has a gap, or holds what is no leaf of it
 */
export async function catchUp(
  log: LogName,
  { store, vault, register, damaged }: FoldParts,
  progress: (size: number) => void = () => {},
): Promise<void> {
  for (;;) {
    const from = register.size(log);
    const records = await store.read(log, leafIndex(from), batchSize);
    if (records.length === 0) {
      if ((await store.size(log)) < from) throw new LogDamaged(`${log} has fewer leaves than the register has seen`);
      return;
    }
    requireGapless(log, from, records);
    const leaves = records.map((record) => leafOf(log, record));
    const terms = await openTerms(
      leaves.filter((leaf) => leaf.log === 'entries'),
      { vault, ...(damaged && { damaged }) },
    );
    const overlay = new RegisterOverlay(register);
    register.mark(
      log,
      from,
      leaves.map((leaf) => markOf(leaf, terms, overlay)),
    );
    progress(from + records.length);
  }
}

/**
 * Brings the register up to the end of both logs. What is of the registry comes first: entries were judged against it.
 *
 * @returns whether there was anything new
 * @throws LogDamaged
 */
export async function catchUpWithAll(
  parts: FoldParts,
  progress: (log: LogName, size: number) => void = () => {},
): Promise<boolean> {
  let grew = false;
  for (const log of ['registry', 'entries'] as const) {
    await catchUp(log, parts, (size) => {
      grew = true;
      progress(log, size);
    });
  }
  return grew;
}

/** @throws LogDamaged when something else stands there */
function leafOf(log: LogName, { index, bytes }: StoredRecord): Leaf {
  try {
    const leaf = parseLeaf(bytes);
    if (leaf.log === log) return leaf;
    throw new LogDamaged(`leaf ${index} of ${log} is a leaf of ${leaf.log}`);
  } catch (cause) {
    if (!(cause instanceof InvalidLeaf)) throw cause;
    throw new LogDamaged(`leaf ${index} of ${log} cannot be read: ${cause.message}`, { cause });
  }
}

function markOf(
  leaf: EntryLeaf | RegistryLeaf,
  terms: ReadonlyMap<EntryId, JsonObject>,
  overlay: RegisterOverlay,
): Mark {
  const { recordedAt, statement } = leaf;
  const id = statement.jti;
  if (leaf.log === 'registry') {
    return {
      id,
      recordedAt,
      ...registryMarks({ issuer: statement.iss, type: leaf.statement.type, terms: leaf.statement.data }),
    };
  }
  const mark: Mark = { id, recordedAt, ...marksOf(statement, terms.get(id), overlay) };
  overlay.add(mark);
  return mark;
}

function marksOf(
  { iss, jti: id }: Pick<EntryLeaf['statement'], 'iss' | 'jti'>,
  terms: JsonObject | undefined,
  overlay: RegisterOverlay,
): Pick<Mark, 'correction' | 'early' | 'exchange'> {
  if (terms === undefined) return {};
  const said = saidBy(iss, terms);
  const named = terms['exchange'];
  return entryMarks({ id, said, exchange: typeof named === 'string' ? exchangeId(named) : null }, overlay);
}

/** What an exchange learns of an entry, read back from its block `terms`. */
const saidBy = (issuer: AgencyId, terms: JsonObject): Said => ({
  issuer,
  type: textIn(terms, 'type') ?? '',
  terms,
  occurredAt: terms['occurredAt'] as Instant,
});

/** Opens block `terms` of the leaves: the only block that anything but an answer to a person reads. */
async function openTerms(
  leaves: readonly EntryLeaf[],
  from: Pick<FoldParts, 'vault' | 'damaged'>,
): Promise<Map<EntryId, JsonObject>> {
  const opened = await openWhole(
    leaves.map(({ statement }) => statement.jti),
    from,
  );
  const terms = new Map<EntryId, JsonObject>();
  for (const { statement } of leaves) {
    const block = committed(statement._sd, opened.get(statement.jti) ?? []).find(({ block }) => block === 'terms');
    if (block && 'encoded' in block) terms.set(statement.jti, readDisclosure(block.encoded).value);
  }
  return terms;
}

/** A block that cannot be opened leaves as much behind as an erased one: the id. It must not keep others from recording. */
async function openWhole(
  ids: readonly EntryId[],
  { vault, damaged }: Pick<FoldParts, 'vault' | 'damaged'>,
): Promise<ReadonlyMap<EntryId, readonly OpenedBlock[]>> {
  const opened = new Map<EntryId, readonly OpenedBlock[]>();
  const openOne = async (id: EntryId): Promise<void> => {
    try {
      for (const [, blocks] of await vault.open([id], ['terms'])) opened.set(id, blocks);
    } catch (error) {
      if (!(error instanceof VaultDamaged)) throw error;
      damaged?.(error);
    }
  };
  try {
    return await vault.open(ids, ['terms']);
  } catch (error) {
    if (!(error instanceof VaultDamaged)) throw error;
  }
  for (const id of ids) await openOne(id);
  return opened;
}

/** Of the blocks kept under an id, those the leaf commits to: two ledgers may have sealed one id at the same time. */
export const committed = (digests: readonly string[], blocks: readonly OpenedBlock[]): OpenedBlock[] =>
  blocks.filter(({ digest }) => digests.includes(digest));
