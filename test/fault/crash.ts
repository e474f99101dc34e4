import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteViews } from '#compliance/sqlite';
import { SqliteEventStore } from '#event-store/sqlite';
import { SqliteVault } from '#vault/sqlite';
import { checkLedger, findOrphans, LedgerBroken, type LedgerAtRest } from '../support/check-ledger.js';
import { LedgerProcess, tokenFor } from '../support/ledger-process.js';
import { Random } from '../support/random.js';
import { Clients } from './clients.js';
import { agencies, operator } from './submissions.js';

export interface CrashPlan {
  readonly rounds: number;
  readonly seed: number;
  /** a folder of its own; it is left as the ledger left it */
  readonly folder: string;
  readonly report: (line: string) => void;
}

export interface CrashResult {
  readonly kills: number;
  /** blocks that kills left behind without a leaf: the place between vault and log was hit */
  readonly orphans: number;
  readonly leaves: number;
  readonly heads: number;
  readonly acknowledged: number;
}

/** A round in which the ledger broke its word. */
export class RoundFailed extends Error {
  override readonly name = 'RoundFailed';

  constructor({ seed, rounds }: CrashPlan, round: number, cause: unknown, output: string) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      `round ${round} of seed ${seed} failed: ${why}\n` +
        `replay: npm run test:fault -- --rounds ${rounds} --seed ${seed}\n${output}`,
      { cause },
    );
  }
}

const seats = 6;
/** In how many rounds a start is cut off as well. */
const killedStarts = 0.3;
/** In how many rounds the files that may be lost are lost, or fall back to what they were. */
const lostFiles = 0.4;
/** How the clients behave: without a rest, so that kills find the ledger at work. */
const manners = { batches: { chance: 0.3, most: 40 }, repeats: 15, mayBeAway: false } as const;
const derivedFiles = ['register.sqlite', 'tree.sqlite', 'views.sqlite'] as const;

/**
 * Starts a ledger over and over on the same data and kills it in the middle of its work. Each life is checked against
 * everything its clients were ever told: in files at rest after the kill, and over HTTP after the next start.
 *
 * @throws RoundFailed with the seed, the round and how to replay it
 */
export async function crashRounds(plan: CrashPlan): Promise<CrashResult> {
  const { rounds, seed, folder, report } = plan;
  const random = new Random(seed);
  const tokens = new Map<string, string>();
  const clients = new Clients({ random, tokens, ...manners });
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  let kills = 0;
  let orphans = 0;
  let checked = { leaves: 0, heads: 0, orphans: 0 };
  let keys: LedgerAtRest['keys'] | undefined;
  for (let round = 1; round <= rounds + 1; round++) {
    const isLast = round > rounds;
    if (keys && random.chance(lostFiles)) loseDerivedFiles(folder, data, random);
    if (keys && random.chance(killedStarts)) kills += await killWhileStarting(data, random);
    const ledger = start(data);
    try {
      const url = await ledger.ready;
      throwIfAny(await lastingOrphans(data));
      clients.urls = [url];
      if (tokens.size === 0) await mintTokens(tokens, data);
      await clients.introduce();
      const present = await clients.keys(url);
      if (keys && JSON.stringify(keys) !== JSON.stringify(present)) throw new LedgerBroken(['the keys changed']);
      keys = present;
      if (isLast) await ledger.stop();
      else await killAtWork(ledger, clients, random);
      kills += isLast ? 0 : 1;
      throwIfAny(clients.findings);
      checked = await checkCopy(folder, data, clients, { keys, swept: isLast });
      orphans += checked.orphans;
      report(
        `round ${round}: ${checked.leaves} leaves, ${checked.heads} heads, ${clients.unknown} outcomes unknown, ` +
          `${checked.orphans} blocks to sweep`,
      );
    } catch (cause) {
      throw new RoundFailed(plan, round, cause, ledger.output);
    } finally {
      await ledger.kill();
    }
  }
  return { kills, ...checked, orphans, acknowledged: clients.history.acknowledged.length };
}

/** Their commits never wait for the disk: after a power cut they may be as old as they like, or not there. */
function loseDerivedFiles(folder: string, data: string, random: Random): void {
  for (const name of derivedFiles) {
    const [isLost, isOlder] = [random.chance(0.6), random.chance(0.5)];
    for (const file of [name, `${name}-wal`]) {
      const [now, older] = [join(data, file), join(folder, 'older', file)];
      const replacement = isLost && isOlder && existsSync(older) ? readFileSync(older) : null;
      rmSync(older, { force: true });
      if (existsSync(now)) cpSync(now, older);
      if (isLost) rmSync(now, { force: true });
      if (replacement) writeFileSync(now, replacement);
    }
  }
}

const start = (data: string): LedgerProcess =>
  new LedgerProcess({ data, settings: { NACHWEIS_CHECKPOINT_INTERVAL_MS: '20' } });

async function mintTokens(tokens: Map<string, string>, data: string): Promise<void> {
  tokens.set(operator, await tokenFor(data, 'operator', operator));
  for (const agency of agencies) tokens.set(agency, await tokenFor(data, 'agency', agency));
}

async function killWhileStarting(data: string, random: Random): Promise<number> {
  const ledger = start(data);
  await Promise.race([sleep(random.between(100, 1_500)), ledger.ready.catch(() => {})]);
  await ledger.kill();
  return 1;
}

async function killAtWork(ledger: LedgerProcess, clients: Clients, random: Random): Promise<void> {
  const end = new AbortController();
  const work = clients.work(seats, end.signal);
  await sleep(random.between(50, 800));
  await ledger.kill();
  end.abort();
  await work;
}

/** Milliseconds in which what is just being recorded has its leaf. */
const landing = 10_000;

/** Blocks that stay without leaf. A ledger raises check notes from its start on: their blocks come before their leaves. */
async function lastingOrphans(data: string): Promise<readonly string[]> {
  const end = performance.now() + landing;
  let lasting: readonly string[] = await orphansIn(data);
  while (lasting.length > 0 && performance.now() < end) {
    const still = new Set(await orphansIn(data));
    lasting = lasting.filter((one) => still.has(one));
  }
  return lasting;
}

async function orphansIn(data: string): Promise<string[]> {
  const store = SqliteEventStore.open(join(data, 'log.sqlite'));
  try {
    return await findOrphans(store, join(data, 'vault.sqlite'));
  } finally {
    await store.close();
  }
}

/** Checks a copy, so that the next start finds exactly what the kill left behind. */
async function checkCopy(
  folder: string,
  data: string,
  clients: Clients,
  { keys, swept }: Pick<LedgerAtRest, 'keys' | 'swept'>,
): Promise<{ leaves: number; heads: number; orphans: number }> {
  const copy = join(folder, 'copy');
  rmSync(copy, { recursive: true, force: true });
  cpSync(data, copy, { recursive: true });
  const store = SqliteEventStore.open(join(copy, 'log.sqlite'));
  const vault = SqliteVault.open({ directory: copy, keyFile: join(copy, 'keys', 'vault.key') });
  const registerDatabase = new DatabaseSync(join(copy, 'register.sqlite'));
  const views = openSqliteViews(join(copy, 'views.sqlite'));
  try {
    const blockFile = join(copy, 'vault.sqlite');
    const orphans = (await findOrphans(store, blockFile)).length;
    const atRest = { store, vault, registerDatabase, blockFile, keys, swept, views };
    return { ...(await checkLedger(atRest, clients.history)), orphans };
  } finally {
    await views.database.destroy();
    registerDatabase.close();
    await vault.close();
    await store.close();
    rmSync(copy, { recursive: true });
  }
}

function throwIfAny(findings: readonly string[]): void {
  if (findings.length > 0) throw new LedgerBroken(findings);
}
