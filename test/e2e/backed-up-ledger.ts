import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { verifierKey, verifyTlogProof } from '#transparency';
import { registerBackup } from '../../apps/cli/backup.js';
import type { Manifest } from '../../apps/cli/backup/manifest.js';
import { registerRestore } from '../../apps/cli/restore.js';
import { draftExample } from '../../apps/ledger/openapi/assessments.js';
import type { Caller, RecordedAnswer } from '../support/caller.js';
import { commandLine, type Ended } from '../support/command-line.js';
import { RunningLedger } from '../support/running-ledger.js';
import { entryLike, police, request, youthOffice } from './sample-entries.js';

const look = { 'Access-Purpose': 'lawfulness-check' };

/** An assessment as it was handed out. */
export interface Assessed {
  readonly assessment: { readonly id: string };
  readonly digest: string;
}

/** A running ledger, and a place for its backups (`ledger`, `keys`) and what is restored from them (`data`). */
export class BackedUpLedger {
  /** in the order they were recorded */
  readonly acknowledged: RecordedAnswer[] = [];

  private constructor(
    readonly place: string,
    readonly running: RunningLedger,
    readonly officer: Caller,
  ) {}

  static async start(): Promise<BackedUpLedger> {
    const running = await RunningLedger.start();
    await running.admit(police, youthOffice);
    const place = mkdtempSync(join(tmpdir(), 'backup-'));
    return new BackedUpLedger(place, running, await running.as('agency', police));
  }

  async remove(): Promise<void> {
    await this.running.remove();
    rmSync(this.place, { recursive: true });
  }

  folder = (name: string): string => join(this.place, name);

  /** `nachweis backup` */
  backUp = (...given: readonly string[]): Promise<Ended> => this.#run(registerBackup, 'backup', ...given);

  async backUpAll(): Promise<void> {
    const { code, err } = await this.backUp(this.folder('ledger'), '--keys', this.folder('keys'));
    if (code !== 0) throw new Error(`the backup failed: ${err}`);
  }

  /** `nachweis restore` */
  restoreFrom = (...given: readonly string[]): Promise<Ended> => this.#run(registerRestore, 'restore', ...given);

  restore = (...given: readonly string[]): Promise<Ended> =>
    this.restoreFrom(this.folder('ledger'), '--keys', this.folder('keys'), '--data', this.folder('data'), ...given);

  async record(count = 1): Promise<void> {
    for (let one = 0; one < count; one += 1) {
      const answer = await this.officer.record(request());
      if (answer.status !== 201) throw new Error(`not recorded: ${answer.text}`);
      this.acknowledged.push(answer.json<RecordedAnswer>());
    }
  }

  /** Asks for an assessment as the youth office; nothing of it is recorded. */
  async assess(): Promise<Assessed> {
    const worker = await this.running.as('agency', youthOffice);
    const draft = { ...draftExample, template: undefined, counterparts: [police], purpose: 'exit-support' };
    const answer = await worker.post('/v1/assessments', draft);
    if (answer.status !== 201) throw new Error(`not assessed: ${answer.text}`);
    return answer.json<Assessed>();
  }

  /** Records an entry that names a fresh assessment. */
  async recordAssessed(): Promise<Assessed> {
    const assessed = await this.assess();
    const { assessment, digest } = assessed;
    const worker = await this.running.as('agency', youthOffice);
    const entry = entryLike('InformationDisclosed', { data: { assessment: { id: assessment.id, digest } } });
    const answer = await worker.record(entry);
    if (answer.status !== 201) throw new Error(`not recorded: ${answer.text}`);
    return assessed;
  }

  /** Records one entry after the other for as long as the work takes. */
  async recordDuring(work: () => Promise<void>): Promise<void> {
    let done = false;
    const recording = (async () => {
      while (!done) await this.record();
    })();
    try {
      await work();
    } finally {
      done = true;
      await recording;
    }
  }

  /** Starts a ledger on what was restored, for as long as the work takes. */
  async onRestored(work: (ledger: RunningLedger) => Promise<void>): Promise<void> {
    const restored = await RunningLedger.start({ directory: this.folder('data') });
    try {
      await work(restored);
    } finally {
      await restored.close();
    }
  }

  /**
   * Changes a database of a backup past every sum, as somebody would who can write the manifest, too.
   *
   * @param name `ledger` or `keys`
   */
  tamper(name: 'ledger' | 'keys', file: string, sql: string): void {
    const database = new DatabaseSync(this.folder(`${name}/${file}`));
    database.exec(sql);
    database.close();
    this.#relist(name, ({ files }) => files);
  }

  /** Takes a file out of a backup and its manifest, past every sum. */
  lose(name: 'ledger' | 'keys', file: string): void {
    rmSync(this.folder(`${name}/${file}`));
    this.#relist(name, ({ files }) => files.filter((listed) => listed.name !== file));
  }

  /** Has the manifest list a file under another name, past every sum. */
  rename(name: 'ledger' | 'keys', file: string, other: string): void {
    this.#relist(name, ({ files }) => files.map((one) => (one.name === file ? { ...one, name: other } : one)));
  }

  #relist(name: 'ledger' | 'keys', listed: (manifest: Manifest) => Manifest['files']): void {
    const path = this.folder(`${name}/manifest.json`);
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
    const files = listed(manifest).map((one) => {
      const file = this.folder(`${name}/${one.name}`);
      if (!existsSync(file)) return one;
      const bytes = readFileSync(file);
      return { ...one, bytes: bytes.length, sha256: sha256(bytes) };
    });
    const text = JSON.stringify({ ...manifest, files });
    writeFileSync(path, text);
    writeFileSync(`${path}.sha256`, `${sha256(text)}  manifest.json\n`);
  }

  #run(register: typeof registerBackup, ...given: readonly string[]): Promise<Ended> {
    return commandLine(register, { NACHWEIS_DATA: this.running.directory }, ...given);
  }
}

export const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Every entry is there, opens, and stands under the restored ledger's checkpoint. */
export async function expectKept(restored: RunningLedger, entries: readonly RecordedAnswer[]): Promise<void> {
  const [dpo, caller] = [await restored.as('dpo', police), await restored.as('agency', police)];
  await restored.advance();
  const key = verifierKey(restored.ledger.integrators.entries.verifierKey);
  for (const { id, index, leafHash: hash } of entries) {
    const entry = await dpo.get(`/v1/entries/${id}`, look);
    expect([entry.status, entry.text]).toEqual([200, expect.stringContaining('"people"')]);
    const proof = await caller.get(`/v1/entries/${id}/proof`);
    const origin = 'ledger.example/nachweis/entries';
    expect(verifyTlogProof(proof.text, Buffer.from(hash, 'base64'), [key], origin)).toMatchObject({ index });
  }
}
