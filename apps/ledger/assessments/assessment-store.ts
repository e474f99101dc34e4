import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { isNativeError } from 'node:util/types';
import { secretFrom } from '#access';
import type { Assessment } from '#compliance/assessments';
import { isUuid, type AgencyId, type EntryId, type Instant } from '#kernel';
import { freshKey, keyOf, readSealed, writeSealed } from '../trails/sealed-file.js';

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
}

/** The assessments of the last weeks, and those that entries name: a sealed file each, its key among the keys. */
export class AssessmentStore {
  readonly #folder: string;
  readonly #keys: string;

  /** @param folders those of the trails: all ledgers of a cluster share them */
  constructor({ trails, keys }: { readonly trails: string; readonly keys: string }) {
    this.#folder = join(trails, 'assessments');
    this.#keys = join(keys, 'assessments');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  async add(assessment: HandedOut, digest: string): Promise<void> {
    const { id, agency, expiresAt } = assessment;
    const key = keyOf(secretFrom(this.#keyFile(id), () => freshKey().toString('base64')));
    await writeSealed(this.#sealedFile(id), key, async (output) => {
      output.write(JSON.stringify(assessment));
    });
    this.#save({ id, agency, digest, expiresAt, attachedTo: [] });
  }

  /** @returns undefined for one that is over, or never was */
  find(id: string, now: Instant): AssessmentRecord | undefined {
    const record = this.#read(id);
    return record === undefined || isOver(record, now) ? undefined : record;
  }

  async open({ id }: AssessmentRecord): Promise<HandedOut> {
    const key = keyOf(readFileSync(this.#keyFile(id), 'utf8'));
    return JSON.parse((await buffer(readSealed(this.#sealedFile(id), key).content)).toString('utf8')) as HandedOut;
  }

  /** Keeps it for as long as the entry is there. */
  attach(record: AssessmentRecord, entry: EntryId): void {
    const { attachedTo } = this.#read(record.id) ?? record;
    if (!attachedTo.includes(entry)) this.#save({ ...record, attachedTo: [...attachedTo, entry] });
  }

  /** Destroys those that are over: the key first, so that what may be left opens no more. */
  tidy(now: Instant, isRecorded: (entry: EntryId) => boolean): void {
    for (const name of readdirSync(this.#folder)) {
      const record = name.endsWith('.json') ? this.#read(name.slice(0, -'.json'.length)) : undefined;
      if (record === undefined || record.expiresAt > now || record.attachedTo.some(isRecorded)) continue;
      const { id } = record;
      for (const file of [this.#keyFile(id), this.#sealedFile(id), this.#recordFile(id)]) rmSync(file, { force: true });
    }
  }

  #save(record: AssessmentRecord): void {
    const file = this.#recordFile(record.id);
    writeFileSync(`${file}.draft`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${file}.draft`, file);
  }

  #read(id: string): AssessmentRecord | undefined {
    if (!isUuid(id)) return undefined;
    try {
      return JSON.parse(readFileSync(this.#recordFile(id), 'utf8')) as AssessmentRecord;
    } catch (error) {
      // Never there, or removed by another ledger a moment ago.
      if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  #keyFile = (id: string): string => join(this.#keys, id);
  #sealedFile = (id: string): string => join(this.#folder, `${id}.sealed`);
  #recordFile = (id: string): string => join(this.#folder, `${id}.json`);
}

const isOver = ({ expiresAt, attachedTo }: AssessmentRecord, now: Instant): boolean =>
  attachedTo.length === 0 && expiresAt <= now;
