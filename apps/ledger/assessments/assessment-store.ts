import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import type { Assessment } from '#compliance/assessments';
import { isUuid, type AgencyId, type EntryId, type Instant } from '#kernel';
import { freshKey, keyOf } from '../trails/sealed-file.js';
import { seal, unseal } from './sealed-bytes.js';

/** An assessment as it is handed out; its digest is of exactly this, and nobody can guess it from codes. */
export interface HandedOut extends Assessment {
  /** 128 random bits, base64url */
  readonly nonce: string;
  readonly expiresAt: Instant;
}

/** What is known of an assessment without opening it. */
export interface AssessmentRecord {
  readonly id: string;
  readonly agency: AgencyId;
  /** SHA-256 of the canonical form, base64url */
  readonly digest: string;
  readonly expiresAt: Instant;
  /** the entries that name it, or were about to */
  readonly attachedTo: readonly EntryId[];
  /** what was handed out, base64 */
  readonly sealed: string;
}

const ownerOnly = 0o600;
/** Assessments that are looked at before others have their turn. */
const atOnce = 50;

/**
 * The assessments of the last weeks, and those that entries name: a sealed file each, its key among the keys. Until an
 * entry names it, a power failure may take one away; from then on it survives whatever that entry survives.
 */
export class AssessmentStore {
  readonly #folder: string;
  readonly #keys: string;

  /** @param folders those of the trails: all ledgers of a cluster share them */
  constructor({ trails, keys }: { readonly trails: string; readonly keys: string }) {
    this.#folder = join(trails, 'assessments');
    this.#keys = join(keys, 'assessments');
    for (const folder of [this.#folder, this.#keys]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /**
   * Waits for no disk to have it: somebody waits for the answer, and asks again where it is lost. Two small files are
   * written sooner than threads take turns on them.
   */
  add(assessment: HandedOut, digest: string): void {
    const { id, agency, expiresAt } = assessment;
    const key = freshKey().toString('base64');
    const sealed = seal(JSON.stringify(assessment), keyOf(key)).toString('base64');
    const record: AssessmentRecord = { id, agency, digest, expiresAt, attachedTo: [], sealed };
    const options = { flag: 'wx', mode: ownerOnly };
    // The key comes last: whoever tidies up meanwhile can tell what is being written from what was cut off.
    writeFileSync(this.#recordFile(id), JSON.stringify(record), options);
    writeFileSync(this.#keyFile(id), key, options);
  }

  /** @returns undefined for one that is over, or never was */
  find(id: string, now: Instant): AssessmentRecord | undefined {
    const record = this.#read(id);
    return record === undefined || isOver(record, now) || !this.#hasKey(id) ? undefined : record;
  }

  open({ id, sealed }: AssessmentRecord): HandedOut {
    const key = keyOf(readFileSync(this.#keyFile(id), 'utf8'));
    return JSON.parse(unseal(Buffer.from(sealed, 'base64'), key)) as HandedOut;
  }

  /** Keeps it for as long as the entry is there: it is on the disk before the entry is. */
  attach(record: AssessmentRecord, entry: EntryId): void {
    const { attachedTo } = this.#read(record.id) ?? record;
    if (attachedTo.includes(entry)) return;
    const file = this.#recordFile(record.id);
    const attached: AssessmentRecord = { ...record, attachedTo: [...attachedTo, entry] };
    for (const path of [this.#keyFile(record.id), this.#keys]) flush(path);
    writeFileSync(`${file}.draft`, JSON.stringify(attached), { mode: ownerOnly, flush: true });
    renameSync(`${file}.draft`, file);
    flush(this.#folder);
  }

  /**
   * Destroys those that are over or were cut off: the key first, so that what may be left opens no more. There may be
   * very many, and others wait meanwhile.
   */
  async tidy(now: Instant, isRecorded: (entry: EntryId) => boolean): Promise<void> {
    for (const [place, name] of readdirSync(this.#folder).entries()) {
      if (place % atOnce === 0) await setImmediate();
      if (!name.endsWith('.json')) continue;
      const id = name.slice(0, -'.json'.length);
      const record = this.#read(id);
      const isKept =
        record === undefined ? !this.#hasKey(id) : record.expiresAt > now || record.attachedTo.some(isRecorded);
      if (isKept) continue;
      for (const file of [this.#keyFile(id), this.#recordFile(id)]) rmSync(file, { force: true });
    }
  }

  #read(id: string): AssessmentRecord | undefined {
    if (!isUuid(id)) return undefined;
    try {
      return JSON.parse(readFileSync(this.#recordFile(id), 'utf8')) as AssessmentRecord;
    } catch (error) {
      // Never there, or removed by another ledger a moment ago.
      if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return undefined;
      // Being written, or cut off by a power failure before any entry named it.
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** Not while it is being written, nor where a power failure cut it off. */
  #hasKey = (id: string): boolean => (statSync(this.#keyFile(id), { throwIfNoEntry: false })?.size ?? 0) > 0;
  #keyFile = (id: string): string => join(this.#keys, id);
  #recordFile = (id: string): string => join(this.#folder, `${id}.json`);
}

function flush(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

const isOver = ({ expiresAt, attachedTo }: AssessmentRecord, now: Instant): boolean =>
  attachedTo.length === 0 && expiresAt <= now;
