import { cpSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { entryTypes } from '#catalogue';
import { openConnection, SqliteEventStore } from '#event-store/sqlite';
import type { LogName } from '#kernel';
import { SqliteVault } from '#vault/sqlite';
import { admission, body, operation, police } from '../../libs/recording/testing/entries.js';
import { Scratch } from '../../libs/recording/testing/scratch.js';
import { openWriteSide, signerOf } from '../../libs/recording/testing/write-side.js';
import { checkLedger, type Acknowledged } from '../support/check-ledger.js';
import { LedgerProcess, tokenFor } from '../support/ledger-process.js';

describe('a log whose disk is full', () => {
  it('says 503, keeps nothing of what it refused, and goes on when there is space', async () => {
    const scratch = new Scratch();
    const database = openConnection(scratch.file('log.sqlite'));
    const side = await openWriteSide(scratch, { store: () => new SqliteEventStore(database) });
    const pages = (most: number): unknown => database.prepare(`PRAGMA max_page_count = ${most}`).get();
    const acknowledged: Acknowledged[] = [];
    const batch = (from: number) => Array.from({ length: 50 }, (_, i) => operation(from + i));
    const record = async (from: number): Promise<void> => {
      for (const one of await side.recorder.record(batch(from))) {
        acknowledged.push({ ...one, leafHash: one.leafHash.toString('base64') });
      }
    };
    await side.recorder.record([admission(1, police)]);
    await record(1_000);
    pages(Number(database.prepare('PRAGMA page_count').get()?.['page_count']) + 3);
    let stored = 1;
    const isFull = (error: unknown): void => expect(error).toMatchObject({ code: 'store-unavailable' });
    while (
      await record(1_000 * (stored + 1)).then(
        () => true,
        (error: unknown) => isFull(error),
      )
    )
      stored += 1;
    await expect(record(1_000 * (stored + 1))).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(await side.store.size('entries')).toBe(50 * stored);

    pages(1_000_000);
    await record(1_000 * (stored + 1));
    await side.advance();
    await side.drop();
    const again = await openWriteSide(scratch);
    await again.sweep();
    const { store, vault, registerDatabase, receipts } = again;
    const keys = {
      entries: signerOf('entries').vkey,
      registry: signerOf('registry').vkey,
      receipt: receipts.verifierKey,
    };
    const blockFile = scratch.file('vault.sqlite');
    const atRest = { store, vault, registerDatabase, blockFile, keys, swept: true };
    const checked = await checkLedger(atRest, { acknowledged, checkpoints: { entries: [], registry: [] } });
    expect(checked.leaves).toBe(1 + 50 * (stored + 1));
    await again.drop();
    scratch.remove();
  });
});

/** Only root may give a process a small disk of its own. It goes with the process, whatever happens to the test. */
const hasSmallDisk = process.getuid?.() === 0 && process.platform === 'linux';
if (!hasSmallDisk)
  process.stderr.write('A full disk is not tried: only root on Linux may mount a small file system.\n');
const onSmallDisk = hasSmallDisk ? it : it.skip;

describe('a ledger whose disk is full', () => {
  let folder: string;
  let ledger: LedgerProcess;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nachweis-full-'));
  });
  afterEach(async () => {
    await ledger.kill();
    rmSync(folder, { recursive: true });
  });

  onSmallDisk('answers 503 and stores nothing by halves; with space again it goes on', async () => {
    const mount = 'mount -t tmpfs -o size=4m tmpfs "$NACHWEIS_DATA" && exec "$0" "$@"';
    ledger = new LedgerProcess({ data: folder, launcher: ['unshare', '--mount', 'sh', '-c', mount] });
    const url = await ledger.ready;
    const data = `/proc/${ledger.pid}/root${folder}`;
    const ballast = join(data, 'ballast');
    const acknowledged: Acknowledged[] = [];
    const tokens = {
      operator: await tokenFor(data, 'operator', 'operator.example'),
      agency: await tokenFor(data, 'agency', police),
    };

    const post = async (role: keyof typeof tokens, entries: readonly object[]): Promise<number> => {
      const response = await fetch(`${url}/v1/entries`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens[role]}`, 'content-type': 'application/x-ndjson' },
        body: entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
      });
      const answer = (await response.json()) as { entries?: Acknowledged[]; code?: string };
      if (response.ok) acknowledged.push(...(answer.entries ?? []));
      else expect([response.headers.get('retry-after'), answer.code]).toEqual(['5', 'store-unavailable']);
      return response.status;
    };
    const batch = (number: number) => Array.from({ length: 20 }, (_, i) => body(operationType, number * 100 + i));

    expect(await post('operator', [{ ...body('AgencyAdmitted', 1), data: { ...admissionData, agency: police } }])).toBe(
      201,
    );
    expect(await post('agency', batch(1))).toBe(201);
    const { bavail, bsize } = statfsSync(data);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 150_000));
    let sent = 1;
    while ((await post('agency', batch((sent += 1)))) === 201) expect(sent).toBeLessThan(100);
    for (let attempt = 0; attempt < 3; attempt++) expect(await post('agency', batch(sent))).toBe(503);
    rmSync(ballast);
    expect(await post('agency', batch(sent))).toBe(201);
    expect(await post('agency', batch(1))).toBe(200);
    const { logs } = (await (
      await fetch(`${url}/v1/logs`, { headers: { authorization: `Bearer ${tokens.operator}` } })
    ).json()) as { logs: { name: LogName; verifierKey: string; receiptKey: string }[] };
    const keyOf = (log: LogName): string => logs.find(({ name }) => name === log)?.verifierKey ?? '';

    const copy = join(folder, 'copy');
    cpSync(data, copy, { recursive: true });
    const store = SqliteEventStore.open(join(copy, 'log.sqlite'));
    const vault = SqliteVault.open({ directory: copy, keyFile: join(copy, 'keys', 'vault.key') });
    const registerDatabase = new DatabaseSync(join(copy, 'register.sqlite'));
    const keys = { entries: keyOf('entries'), registry: keyOf('registry'), receipt: logs[0]?.receiptKey ?? '' };
    const atRest = { store, vault, registerDatabase, blockFile: join(copy, 'vault.sqlite'), keys, swept: false };
    const checked = await checkLedger(atRest, { acknowledged, checkpoints: { entries: [], registry: [] } });
    expect(checked.leaves).toBe(1 + 20 * sent);
    for (const file of ['log.sqlite', 'vault.sqlite', 'keys.sqlite']) {
      const database = new DatabaseSync(join(copy, file));
      expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
      database.close();
    }
    registerDatabase.close();
    await vault.close();
    await store.close();
  });
});

const operationType = 'ProcessingOperationLogged';
const admissionData = entryTypes.get('AgencyAdmitted')?.example.data;
