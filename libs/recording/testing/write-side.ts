import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { EventStore } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import {
  instantAt,
  leafIndex,
  logNames,
  millisecondsOf,
  treeSize,
  type Clock,
  type EntryId,
  type LogName,
} from '#kernel';
import { parseLeaf } from '#statement';
import { noteSigner, type NoteSigner } from '#transparency';
import type { Vault } from '#vault';
import { SqliteVault } from '#vault/sqlite';
import type { Coordination } from '../coordination.js';
import { catchUp } from '../fold.js';
import { Integrator } from '../integrator.js';
import { Receipts } from '../receipts.js';
import { Recorder } from '../recorder.js';
import { Register } from '../register.js';
import { Sequencer } from '../sequencer.js';
import { TreeStore } from '../tree-store.js';
import { now } from './entries.js';
import type { Scratch } from './scratch.js';

export const origin = 'ledger.example/nachweis';

const keys = new Map<string, KeyObject>();

/** One key a name and test run: whoever opens the data again signs with the same one. */
export function keyOf(name: string): KeyObject {
  const key = keys.get(name) ?? generateKeyPairSync('ed25519').privateKey;
  keys.set(name, key);
  return key;
}

export const signerOf = (log: LogName): NoteSigner => noteSigner(`${origin}/${log}`, keyOf(log));

/** A clock that stands still until it is moved. */
export class SetClock implements Clock {
  #now = millisecondsOf(now);

  now = () => instantAt(this.#now);

  move(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

/** What a test puts around the parts: failures, pauses, counts. */
export interface Wrapping {
  readonly clock?: Clock;
  readonly queueLimit?: number;
  readonly patience?: number;
  readonly onClockBehind?: (milliseconds: number) => void;
  readonly coordination?: Coordination;
  /** two ledgers on one log have a register and a tree each */
  readonly ledger?: string;
  store?(store: EventStore): EventStore;
  vault?(vault: Vault): Vault;
  database?(file: string, part: 'register' | 'tree'): DatabaseSync;
  signer?(signer: NoteSigner): NoteSigner;
}

/** The whole write side on the files of a folder, as a ledger's process holds it. */
export interface WriteSide {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly register: Register;
  readonly registerDatabase: DatabaseSync;
  readonly sequencers: Readonly<Record<LogName, Sequencer>>;
  readonly integrators: Readonly<Record<LogName, Integrator>>;
  readonly receipts: Receipts;
  readonly recorder: Recorder;
  advance(): Promise<void>;
  sweep(): Promise<number>;
  /** as when the process ends: nothing is finished */
  drop(): Promise<void>;
}

export async function openWriteSide(scratch: Scratch, wrapping: Wrapping = {}): Promise<WriteSide> {
  const { ledger = 'one', queueLimit = 1000, clock = new SetClock(), onClockBehind, coordination, patience } = wrapping;
  const told = {
    ...(onClockBehind && { onClockBehind }),
    ...(coordination && { coordination }),
    ...(patience !== undefined && { patience }),
  };
  const open = (part: 'register' | 'tree'): DatabaseSync => {
    const file = scratch.file(`${ledger}-${part}.sqlite`);
    return wrapping.database?.(file, part) ?? new DatabaseSync(file);
  };
  const [registerDatabase, treeDatabase] = [open('register'), open('tree')];
  const files = SqliteEventStore.open(scratch.file('log.sqlite'));
  const blocks = SqliteVault.open({ directory: scratch.path, keyFile: scratch.file('vault.key') });
  const store = wrapping.store?.(files) ?? files;
  const vault = wrapping.vault?.(blocks) ?? blocks;
  const register = new Register(registerDatabase);
  for (const log of ['registry', 'entries'] as const) await catchUp(log, { store, vault, register });
  const perLog = <Part>(make: (log: LogName) => Part) => ({ entries: make('entries'), registry: make('registry') });
  const sequencers = perLog((log) => new Sequencer({ log, store, vault, register, clock, queueLimit, ...told }));
  const start = (log: LogName) => {
    const signer = wrapping.signer?.(signerOf(log)) ?? signerOf(log);
    return Integrator.start({ log, store, tree: new TreeStore(treeDatabase, log), signer });
  };
  const integrators = { entries: await start('entries'), registry: await start('registry') };
  const receipts = new Receipts(origin, keyOf('receipt'));
  const recorder = new Recorder({ store, vault, register, receipts, sequencers });
  const advance = async (): Promise<void> => {
    for (const log of logNames) await integrators[log].advance();
  };
  // Tests sweep when nobody is about to append.
  const sweep = () => vault.sweep(treeSize(register.size('entries') + 1), (id) => digestsOf(id, store, register));
  const drop = async (): Promise<void> => {
    await store.close();
    await vault.close();
    registerDatabase.close();
    treeDatabase.close();
  };
  return {
    store,
    vault,
    register,
    registerDatabase,
    sequencers,
    integrators,
    receipts,
    recorder,
    advance,
    sweep,
    drop,
  };
}

async function digestsOf(id: EntryId, store: EventStore, register: Register): Promise<ReadonlySet<string> | null> {
  const place = register.placeOf(id);
  if (place?.log !== 'entries') return null;
  const [record] = await store.read('entries', leafIndex(place.index), 1);
  const leaf = record && parseLeaf(record.bytes);
  return leaf?.log === 'entries' ? new Set(leaf.statement._sd) : null;
}
