import { DatabaseSync } from 'node:sqlite';
import { everyProjection, Projector, type Views } from '#compliance';
import { RegistryFollower } from '#compliance/registry';
import { openSqliteViews } from '#compliance/sqlite';
import type { EventStore, StoredRecord, StreamName } from '#event-store';
import { leafIndex, logNames, treeSize, type LogName } from '#kernel';
import { catchUp, Register } from '#recording';
import { disclosureDigest, parseDisclosure, parseLeaf, type EntryLeaf, type Leaf } from '#statement';
import {
  consistencyProof,
  openCheckpoint,
  openReceipt,
  parseTreeHead,
  verifierKey,
  verifyConsistency,
  type TreeHead,
} from '#transparency';
import type { Vault } from '#vault';
import { NaiveTree } from '../../libs/transparency/testing/naive-tree.js';

/** What a sender was told when its entry was acknowledged. */
export interface Acknowledged {
  readonly log: LogName;
  readonly id: string;
  readonly index: number;
  /** base64 */
  readonly leafHash: string;
  readonly recordedAt: string;
  readonly receipt: string;
}

/** What the world has seen of a ledger, and must find again. */
export interface History {
  readonly acknowledged: readonly Acknowledged[];
  /** checkpoints as they were served, in any order */
  readonly checkpoints: Readonly<Record<LogName, readonly string[]>>;
}

/** A ledger at rest. Nobody else may write to it during the check. */
export interface LedgerAtRest {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly registerDatabase: DatabaseSync;
  /** where the blocks lie: read without the vault, so that nothing hides in it */
  readonly blockFile: string;
  /** verifier keys (C2SP) */
  readonly keys: Readonly<Record<LogName | 'receipt', string>>;
  /** true when nothing was stored since the last sweep: then no block may be without its leaf */
  readonly swept: boolean;
  /** they are folded on to the end of the log; absent where there are none */
  readonly views?: Views;
}

/** The ledger broke its word. */
export class LedgerBroken extends Error {
  override readonly name = 'LedgerBroken';
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(`${findings.length} promises broken:\n${findings.slice(0, 20).join('\n')}`);
    this.findings = findings;
  }
}

interface ReadLog {
  readonly log: LogName;
  readonly leaves: readonly Leaf[];
  readonly tree: NaiveTree;
}

const blocksAtOnce = 200;

/**
 * Checks a ledger against everything it ever told anybody, from its stored bytes up and without its own write side.
 *
 * @returns how many leaves and tree heads were checked
 * @throws LedgerBroken with everything that was found
 */
export async function checkLedger(ledger: LedgerAtRest, history: History): Promise<{ leaves: number; heads: number }> {
  const findings: string[] = [];
  const logs: ReadLog[] = [];
  for (const log of logNames) logs.push(await readLog(ledger.store, log, findings));
  checkIds(logs, findings);
  checkAcknowledged(logs, history.acknowledged, ledger.keys.receipt, findings);
  const entries = logs.flatMap(({ leaves }) => leaves).filter((leaf) => leaf.log === 'entries');
  let heads = 0;
  const checks: readonly (() => Promise<unknown>)[] = [
    () => checkBlocks(entries, ledger.vault, findings),
    async () => ledger.swept && findings.push(...(await findOrphans(ledger.store, ledger.blockFile))),
    ...logs.map(
      (read) => async () => (heads += await checkHeads(read, ledger, history.checkpoints[read.log], findings)),
    ),
    () => checkRegister(ledger, findings),
    () => checkViews(ledger, findings),
  ];
  for (const check of checks) await check().catch((error: unknown) => findings.push(String(error)));
  if (findings.length > 0) throw new LedgerBroken(findings);
  return { leaves: logs.reduce((sum, { leaves }) => sum + leaves.length, 0), heads };
}

async function records(store: EventStore, stream: StreamName, findings: string[]): Promise<readonly StoredRecord[]> {
  const all: StoredRecord[] = [];
  for (;;) {
    const batch = await store.read(stream, leafIndex(all.length), 400);
    if (batch.length === 0) break;
    all.push(...batch);
  }
  if (all.some(({ index }, place) => index !== place)) findings.push(`${stream} is not dense`);
  return all;
}

async function readLog(store: EventStore, log: LogName, findings: string[]): Promise<ReadLog> {
  const stored = await records(store, log, findings);
  const leaves = stored.flatMap(({ index, bytes }) => {
    try {
      return parseLeaf(bytes);
    } catch (error) {
      findings.push(`${log}/${index} is no leaf: ${String(error)}`);
      return [];
    }
  });
  leaves.forEach((leaf, index) => {
    const before = leaves[index - 1];
    if (leaf.log !== log) findings.push(`${log}/${index} is a leaf of ${leaf.log}`);
    if (before && leaf.recordedAt < before.recordedAt)
      findings.push(`${log}/${index} is recorded before its neighbour`);
  });
  return { log, leaves, tree: new NaiveTree(stored.map(({ bytes }) => bytes)) };
}

function checkIds(logs: readonly ReadLog[], findings: string[]): void {
  const seen = new Set<string>();
  const registrySize = logs.find(({ log }) => log === 'registry')?.leaves.length ?? 0;
  for (const leaf of logs.flatMap(({ leaves }) => leaves)) {
    const { jti } = leaf.statement;
    if (seen.has(jti)) findings.push(`id ${jti} stands twice`);
    seen.add(jti);
    if (leaf.log === 'entries' && leaf.registry > registrySize) findings.push(`${jti} was judged by a future registry`);
  }
}

function checkAcknowledged(
  logs: readonly ReadLog[],
  acknowledged: readonly Acknowledged[],
  receiptKey: string,
  findings: string[],
): void {
  const verifiers = [verifierKey(receiptKey)];
  for (const { log, id, index, leafHash: hash, recordedAt, receipt } of acknowledged) {
    const read = logs.find((one) => one.log === log);
    const leaf = read?.leaves[index];
    if (leaf?.statement.jti !== id) findings.push(`acknowledged ${id} is not at ${log}/${index}`);
    if (leaf?.recordedAt !== recordedAt) findings.push(`acknowledged ${id} has another time of recording`);
    if (read?.tree.leafHashes[index]?.toString('base64') !== hash) findings.push(`acknowledged ${id} has another hash`);
    try {
      const promised = openReceipt(receipt, verifiers);
      const fits =
        promised.log === log &&
        promised.entryId === id &&
        promised.index === index &&
        promised.recordedAt === recordedAt &&
        promised.leafHash.toString('base64') === hash;
      if (!fits) findings.push(`the receipt of ${id} speaks of something else`);
    } catch (error) {
      findings.push(`the receipt of ${id}: ${String(error)}`);
    }
  }
}

async function checkBlocks(leaves: readonly EntryLeaf[], vault: Vault, findings: string[]): Promise<void> {
  for (let from = 0; from < leaves.length; from += blocksAtOnce) {
    const some = leaves.slice(from, from + blocksAtOnce);
    const opened = await vault.open(some.map(({ statement }) => statement.jti));
    for (const { statement } of some) {
      const kept = opened.get(statement.jti) ?? [];
      for (const digest of statement._sd) {
        const blocks = kept.filter((block) => block.digest === digest);
        if (blocks.length !== 1) findings.push(`${statement.jti} has ${blocks.length} blocks for one commitment`);
        for (const block of blocks) {
          if (!('encoded' in block)) continue;
          const fits =
            disclosureDigest(block.encoded) === digest && parseDisclosure(block.encoded).block === block.block;
          if (!fits) findings.push(`block ${block.block} of ${statement.jti} is not the one committed to`);
        }
      }
    }
  }
}

/**
 * Blocks in the vault that no leaf names: what a crash leaves behind, and a sweep removes.
 *
 * @param blockFile read as it is, without the vault
 */
export async function findOrphans(store: EventStore, blockFile: string): Promise<string[]> {
  const findings: string[] = [];
  const { leaves } = await readLog(store, 'entries', findings);
  const named = new Set<string>();
  for (const leaf of leaves) {
    if (leaf.log !== 'entries') continue;
    for (const digest of leaf.statement._sd) named.add(`${leaf.statement.jti} ${digest}`);
  }
  const database = new DatabaseSync(blockFile, { readOnly: true });
  const rows = database.prepare('SELECT entry, digest FROM blocks JOIN stored ON stored.id = blocks.stored').all();
  const empty = database.prepare('SELECT entry FROM stored WHERE id NOT IN (SELECT stored FROM blocks)').all();
  database.close();
  for (const { entry, digest } of rows) {
    if (!named.has(`${String(entry)} ${String(digest)}`)) findings.push(`a block of ${String(entry)} has no leaf`);
  }
  for (const { entry } of empty) findings.push(`an entry without blocks was left behind: ${String(entry)}`);
  return findings;
}

async function checkHeads(
  { log, leaves, tree }: ReadLog,
  { store, keys }: LedgerAtRest,
  served: readonly string[],
  findings: string[],
): Promise<number> {
  const key = verifierKey(keys[log]);
  const persisted = (await records(store, `${log}.checkpoints`, findings)).map(({ bytes }) =>
    parseTreeHead(bytes.toString()),
  );
  persisted.forEach((head, place) => {
    if (place > 0 && head.size <= (persisted[place - 1]?.size ?? 0)) findings.push(`heads of ${log} do not grow`);
  });
  const sizes = new Set(persisted.map(({ size }) => size));
  const seen = [...new Set(served)].map((note) => openCheckpoint(note, [key], key.name));
  for (const { size } of seen) if (!sizes.has(size)) findings.push(`${log}@${size} was served but not persisted`);

  const heads = [...persisted, ...seen].toSorted((a, b) => a.size - b.size);
  heads.forEach((head, place) => {
    if (head.size > leaves.length) {
      findings.push(`${log}@${head.size} was signed, but there are ${leaves.length} leaves`);
    } else if (!tree.root(0, head.size).equals(head.root)) {
      findings.push(`${log}@${head.size} has another root than its leaves`);
    }
    const next = heads[place + 1];
    if (next && next.size <= leaves.length) checkGrowth(log, head, next, tree, findings);
  });
  return heads.length;
}

function checkGrowth(log: LogName, older: TreeHead, newer: TreeHead, tree: NaiveTree, findings: string[]): void {
  try {
    const proof = consistencyProof(older.size, newer.size, tree);
    verifyConsistency(treeSize(older.size), treeSize(newer.size), older.root, newer.root, proof);
  } catch (error) {
    findings.push(`${log}@${newer.size} does not continue ${log}@${older.size}: ${String(error)}`);
  }
}

async function checkRegister({ store, vault, registerDatabase }: LedgerAtRest, findings: string[]): Promise<void> {
  const rebuilt = new DatabaseSync(':memory:');
  for (const database of [rebuilt, registerDatabase]) {
    const register = new Register(database);
    for (const log of ['registry', 'entries'] as const) await catchUp(log, { store, vault, register });
  }
  const [expected, found] = [contentOf(rebuilt), contentOf(registerDatabase)];
  rebuilt.close();
  for (const table of Object.keys(expected)) {
    if (expected[table] !== found[table]) findings.push(`table ${table} of the register is not what a rebuild makes`);
  }
}

const registerTables = {
  seen: 'SELECT hex(id) AS id, log, idx, hex(exchange) AS exchange, issuer, open_since FROM seen ORDER BY id',
  exchange: 'SELECT hex(id) AS id, times FROM exchange ORDER BY id',
  early_correction: 'SELECT corrects, id, early FROM early_correction ORDER BY corrects, id',
  correction: 'SELECT corrects, issuer, idx, id FROM correction ORDER BY corrects, issuer, idx',
  suspension: 'SELECT agency, since, until FROM suspension ORDER BY agency',
  agency: 'SELECT id FROM agency ORDER BY id',
  agreement: 'SELECT agreement, version, superseded, known FROM agreement ORDER BY agreement, version',
  position: 'SELECT log, size, last_recorded_at FROM position ORDER BY log',
} as const;

export const contentOf = (register: DatabaseSync): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(registerTables).map(([table, sql]) => [table, JSON.stringify(register.prepare(sql).all())]),
  );

const catchUpPatience = 60_000;

/** Views that went through crashes, folded on to the end of the log, are what a fold of the whole log makes. */
async function checkViews({ store, vault, views }: LedgerAtRest, findings: string[]): Promise<void> {
  if (views === undefined) return;
  const fresh = openSqliteViews(':memory:');
  try {
    const rebuilt = await foldedOn({ store, vault, views: fresh });
    const kept = await foldedOn({ store, vault, views });
    for (const { name } of everyProjection) {
      const [expected, found] = [rebuilt.get(name), kept.get(name)];
      if (found?.standing !== expected?.standing) {
        findings.push(`projection ${name} is ${found?.standing}, a rebuild ${expected?.standing}`);
      }
      if (found?.rows !== expected?.rows) findings.push(`the rows of projection ${name} are not what a rebuild makes`);
    }
  } finally {
    await fresh.database.destroy();
  }
}

async function foldedOn(
  ports: Required<Pick<LedgerAtRest, 'store' | 'vault' | 'views'>>,
): Promise<ReadonlyMap<string, { readonly standing: string; readonly rows: string }>> {
  const projector = new Projector(everyProjection, { ...ports, given: new RegistryFollower(ports.store) });
  await projector.start();
  try {
    await projector.reached(await ports.store.size('entries'), AbortSignal.timeout(catchUpPatience));
    const folded = projector.states().map(async ({ name, status, position, failure }) => {
      const standing = `${status} at ${position}${failure === null ? '' : ` (${failure})`}`;
      return [name, { standing, rows: await projector.digest(name) }] as const;
    });
    return new Map(await Promise.all(folded));
  } finally {
    await projector.stop();
  }
}
