import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import type { Readable, Writable } from 'node:stream';
import { isUuid, millisecondsOf, type AgencyId, type Instant, type LogName } from '#kernel';
import type { Role } from '#access';
import { secretFrom } from '#access';
import type { DataDirectory } from '../data-directory.js';
import { freshKey, keyOf, readSealed, writeSealed } from './sealed-file.js';

export type TrailState = 'queued' | 'running' | 'done' | 'failed';

/** A trail that was asked for. Kept beside its file; holds nothing of what is in it. */
export interface TrailJob {
  readonly id: string;
  readonly agency: AgencyId;
  readonly role: Role;
  readonly log: LogName;
  readonly from: number;
  readonly to: number;
  readonly requestedAt: Instant;
  /** which ledger's process writes it */
  readonly writer: string;
  readonly state: TrailState;
  readonly done: number;
  readonly total: number;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The written trails: a job file, a sealed ZIP, and the ZIP's own key among the keys. */
export class TrailStore {
  constructor(private readonly directory: DataDirectory) {}

  /** Names this ledger among those that share the folder. */
  get writer(): string {
    return this.directory.instance;
  }

  save(job: TrailJob): void {
    const draft = `${this.#jobFile(job.id)}.draft`;
    writeFileSync(draft, JSON.stringify(job), { mode: 0o600 });
    renameSync(draft, this.#jobFile(job.id));
  }

  find(id: string): TrailJob | undefined {
    if (!isUuid(id)) return undefined;
    try {
      return JSON.parse(readFileSync(this.#jobFile(id), 'utf8')) as TrailJob;
    } catch (error) {
      // Never there, or removed by another ledger a moment ago.
      if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  all(): readonly TrailJob[] {
    return readdirSync(this.directory.trails).flatMap((name) => {
      return name.endsWith('.json') ? (this.find(name.slice(0, -'.json'.length)) ?? []) : [];
    });
  }

  write(id: string, write: (output: Writable) => Promise<void>): Promise<void> {
    return writeSealed(this.#zipFile(id), this.#key(id), write);
  }

  read(id: string): { readonly content: Readable; readonly bytes: number } {
    // Never a fresh key: what another ledger sealed must not seem to open with it.
    return readSealed(this.#zipFile(id), keyOf(readFileSync(this.#keyFile(id), 'utf8')));
  }

  /** Destroys a trail: its key first, so that what may be left of the file opens no more. */
  remove(id: string): void {
    for (const file of [this.#keyFile(id), this.#zipFile(id), this.#jobFile(id)]) rmSync(file, { force: true });
  }

  /** Destroys what is older than it may be fetched; what is still being written is let alone. */
  expire(now: Instant, days: number): void {
    for (const job of this.all()) if (!isOpen(job) && isOlder(job, days, now)) this.remove(job.id);
  }

  /**
   * At the start: destroys what is older than it may be fetched. What a stop of this ledger interrupted has failed; so
   * has, most likely, what another one has not finished within a day: should it do so yet, it says so itself.
   */
  tidy(now: Instant, days: number): void {
    for (const job of this.all()) {
      if (isOlder(job, days, now)) this.remove(job.id);
      else if (isOpen(job) && job.writer === this.writer) {
        this.remove(job.id);
        this.save({ ...job, state: 'failed' });
      } else if (isOpen(job) && isOlder(job, 1, now)) this.save({ ...job, state: 'failed' });
    }
  }

  #key(id: string): KeyObject {
    return keyOf(secretFrom(this.#keyFile(id), () => freshKey().toString('base64')));
  }

  #keyFile = (id: string): string => join(this.directory.keys, 'trails', id);
  #zipFile = (id: string): string => join(this.directory.trails, `${id}.zip.sealed`);
  #jobFile = (id: string): string => join(this.directory.trails, `${id}.json`);
}

const isOpen = ({ state }: TrailJob): boolean => state === 'queued' || state === 'running';

const isOlder = ({ requestedAt }: TrailJob, days: number, now: Instant): boolean =>
  millisecondsOf(now) - millisecondsOf(requestedAt) > days * dayMilliseconds;
