import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreUnavailable } from '#event-store';
import { parseLeaf } from '#statement';
import { VaultUnavailable } from '#vault';
import { openReceipt, verifierKey } from '#transparency';
import type { Answer, Caller, RecordedAnswer } from '../../support/caller.js';
import { held, RunningLedger, until } from '../../support/running-ledger.js';
import { planted, refused, type Refusal } from '../refusal.js';
import { freshId, police, request, youthOffice } from '../sample-entries.js';

const look = { 'Access-Purpose': 'lawfulness-check' };
const isFull: Refusal = { status: 503, code: 'queue-full' };
const unavailable: Refusal = { status: 503, code: 'store-unavailable' };
const queueLimit = 400;

let running: RunningLedger;
let officer: Caller;

async function started(directory?: string): Promise<RunningLedger> {
  const environment = { NACHWEIS_QUEUE_LIMIT: String(queueLimit) };
  const ledger = await RunningLedger.start({ environment, ...(directory !== undefined && { directory }) });
  await ledger.admit(police, youthOffice);
  return ledger;
}

beforeAll(async () => {
  running = await started();
  officer = await running.as('agency', police);
});
afterAll(() => running.remove());

const entry = () => request({ data: { justification: planted } });
const waiting = (): number => running.ledger.sequencers.entries.waiting;

/** Every entry of the log has all its blocks in the vault, and each id stands there once. */
async function isWhole({ ledger }: RunningLedger): Promise<void> {
  const records = await ledger.store.read('entries', 0 as never, 10_000);
  const leaves = records.map(({ bytes }) => parseLeaf(bytes));
  const ids = leaves.map(({ statement }) => statement.jti);
  expect(new Set(ids).size).toBe(ids.length);
  const kept = await ledger.vault.open(ids);
  for (const leaf of leaves) {
    const digests = new Set(kept.get(leaf.statement.jti)?.map(({ digest }) => digest));
    if (leaf.log === 'entries') expect(leaf.statement._sd.filter((digest) => !digests.has(digest))).toEqual([]);
  }
}

describe('A connection', () => {
  async function dial(): Promise<Socket> {
    const socket = connect(Number(running.url.port), running.url.hostname);
    await once(socket, 'connect');
    return socket;
  }
  const head = (length: number, type = 'application/json'): string =>
    `POST /v1/entries HTTP/1.1\r\nHost: ledger\r\nAuthorization: Bearer ${officer.token}\r\n` +
    `Content-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;

  async function gone(socket: Socket): Promise<void> {
    socket.destroy();
    await until(async () => (await connections()) === 0);
  }
  const connections = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const server = running.application.getHttpServer();
      server.closeIdleConnections();
      server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });

  test('that is cut before the reply costs the sender nothing: the entry is there once, with its first receipt', async () => {
    const body = JSON.stringify(entry());
    const size = await running.size('entries');
    const release = held(running);
    const socket = await dial();
    socket.write(head(Buffer.byteLength(body)) + body);
    await until(() => waiting() === 1);
    socket.destroy();
    release();
    await until(async () => (await running.size('entries')) > size);
    const again = await officer.record(body);
    expect([again.status, again.json<RecordedAnswer>().index]).toEqual([200, size]);
    const receipt = openReceipt(again.json<RecordedAnswer>().receipt, [
      verifierKey(running.ledger.receipts.verifierKey),
    ]);
    expect(receipt.index).toBe(size);
    expect((await officer.record(body)).text).toBe(again.text);
    expect(await running.size('entries')).toBe(size + 1);
  });

  test('that is cut at any moment leaves the entry recorded once or not at all', async () => {
    for (let moment = 0; moment < 20; moment++) {
      const body = JSON.stringify(entry());
      const text = head(Buffer.byteLength(body)) + body;
      const socket = await dial();
      socket.write(text.slice(0, Math.ceil((text.length * (moment + 1)) / 20)));
      for (let turn = 0; turn < moment; turn++) await new Promise(setImmediate);
      socket.destroy();
      const before = await running.size('entries');
      const { status, text: first } = await officer.record(body);
      expect([200, 201]).toContain(status);
      expect((await officer.record(body)).text).toBe(first);
      expect(await running.size('entries')).toBeLessThanOrEqual(before + 1);
    }
    await isWhole(running);
  });

  test.each([
    ['an entry', 'application/json', () => JSON.stringify(entry())],
    ['a batch, at the end of a line', 'application/x-ndjson', () => `${JSON.stringify(entry())}\n`],
  ])('that ends in the middle of %s stores nothing', async (_what, type, part) => {
    const before = await running.holdings();
    const sent = part();
    const socket = await dial();
    socket.write(head(Buffer.byteLength(sent) * 2, type) + sent);
    await once(socket.resume().end(), 'close');
    const chunked = await dial();
    chunked.write(head(0, type).replace('Content-Length: 0', 'Transfer-Encoding: chunked'));
    chunked.write(`${Buffer.byteLength(sent).toString(16)}\r\n${sent}\r\n`);
    await gone(chunked);
    expect(await running.holdings()).toEqual(before);
  });

  test.each([
    ['no HTTP at all', `${planted}\r\n\r\n`],
    ['two lengths', `POST /v1/entries HTTP/1.1\r\nHost: ledger\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc`],
    ['a length that is none', `POST /v1/entries HTTP/1.1\r\nHost: ledger\r\nContent-Length: ${planted}\r\n\r\n`],
    [
      'length and chunks',
      `POST /v1/entries HTTP/1.1\r\nHost: ledger\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['headers without end', `GET / HTTP/1.1\r\nHost: ledger\r\n${`X: ${planted}\r\n`.repeat(2_000)}\r\n`],
  ])('that speaks %s gets a problem document', async (_what, text) => {
    const before = await running.holdings();
    const socket = await dial();
    const heard: string[] = [];
    socket.on('data', (chunk) => heard.push(String(chunk)));
    socket.on('error', () => {});
    socket.write(text);
    await once(socket, 'close');
    const answer = heard.join('');
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"malformed-request"/);
    expect(answer).not.toContain(planted);
    expect(await running.holdings()).toEqual(before);
  });
});

describe('A full queue', () => {
  test('answers 503 and when to come back; what waits is recorded, and then there is room again', async () => {
    const release = held(running);
    const size = await running.size('entries');
    const pending = officer.batch(Array.from({ length: queueLimit }, entry));
    await until(() => waiting() === queueLimit);
    const late = entry();
    for (const send of [() => officer.record(late), () => officer.batch([late])]) {
      const { headers } = await refused(running, send, isFull);
      expect(headers['retry-after']).toBe('1');
    }
    release();
    expect((await pending).status).toBe(201);
    expect((await officer.record(late)).status).toBe(201);
    expect(await running.size('entries')).toBe(size + queueLimit + 1);
  });

  test('shows nobody a block, because the look could not be recorded', async () => {
    const seen = entry();
    await officer.record(seen);
    const dpo = await running.as('dpo', police);
    const release = held(running);
    const pending = officer.batch(Array.from({ length: queueLimit }, entry));
    await until(() => waiting() === queueLimit);
    await refused(running, () => dpo.get(`/v1/entries/${seen.id}`, look), isFull);
    await refused(running, () => dpo.post('/v1/subject-searches', { kind: 'case', value: 'case-7f3a' }, look), isFull);
    expect((await dpo.get(`/v1/entries/${seen.id}`)).status).toBe(200);
    release();
    await pending;
  });
});

describe('A store that cannot write', () => {
  test('answers 503; nothing is acknowledged, and what is sent again later is stored once', async () => {
    const { store } = running.ledger;
    const append = store.append.bind(store);
    store.append = () => Promise.reject(new StoreUnavailable(planted));
    const sent = entry();
    const size = await running.size('entries');
    for (const send of [() => officer.record(sent), () => officer.batch([entry(), sent])]) {
      const answer = await send();
      expect([answer.status, answer.json()['code'], answer.headers['retry-after']]).toEqual([
        503,
        'store-unavailable',
        '5',
      ]);
      expect(answer.text).not.toContain(planted);
    }
    store.append = append;
    expect(await running.size('entries')).toBe(size);
    expect((await officer.record(sent)).status).toBe(201);
    await isWhole(running);
  });
});

describe('A vault that cannot answer', () => {
  test('is a 503 for who reads and for who sends again, and no block is shown', async () => {
    const known = entry();
    await officer.record(known);
    const { vault } = running.ledger;
    const open = vault.open.bind(vault);
    vault.open = () => Promise.reject(new VaultUnavailable(planted));
    for (const send of [() => officer.get(`/v1/entries/${known.id}`, look), () => officer.record(known)]) {
      const { headers } = await refused(running, send, unavailable);
      expect(headers['retry-after']).toBe('5');
    }
    vault.open = open;
    expect((await officer.record(known)).status).toBe(200);
  });
});

describe('A full disk', () => {
  /** A file system of its own, so small that it can be filled; undefined where this user may not mount one. */
  function smallDisk(): string | undefined {
    const directory = mkdtempSync(join(tmpdir(), 'small-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', directory], { stdio: 'ignore' });
      return directory;
    } catch {
      rmSync(directory, { recursive: true });
      return undefined;
    }
  }

  function fill(directory: string): () => void {
    const file = join(directory, 'filler');
    for (let bytes = 1 << 20, flag = 'w'; bytes >= 1; flag = 'a') {
      try {
        writeFileSync(file, Buffer.alloc(bytes), { flag });
      } catch {
        bytes = Math.floor(bytes / 4);
      }
    }
    return () => rmSync(file);
  }

  const disk = smallDisk();
  if (disk === undefined) process.stdout.write('A full disk is not tried: only root may mount a small file system.\n');
  const onSmallDisk = disk === undefined ? test.skip : test;
  let small: RunningLedger | undefined;
  afterAll(async () => {
    if (disk === undefined) return;
    await small?.close();
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });

  onSmallDisk('answers 503, stores nothing by halves, and takes entries again when there is room', async () => {
    small = await started(disk);
    const ledger = small;
    const sender = await ledger.as('agency', police);
    const dpo = await ledger.as('dpo', police);
    const first = entry();
    const receipt = (await sender.record(first)).json<RecordedAnswer>();
    const free = fill(String(disk));
    const sent: ReturnType<typeof entry>[][] = [];
    let answer: Answer;
    do {
      const batch = Array.from({ length: 100 }, entry);
      sent.push(batch);
      answer = await sender.batch(batch);
    } while (answer.status === 201);
    const size = await ledger.size('entries');
    const refusedBatch = sent.at(-1) ?? [];
    for (const send of [() => sender.batch(refusedBatch), () => sender.batch(refusedBatch)]) {
      const { status, text, headers } = await send();
      expect([status, JSON.parse(text), headers['retry-after']]).toEqual([
        503,
        expect.objectContaining({ code: unavailable.code }),
        '5',
      ]);
      expect(text).not.toContain(planted);
    }
    expect(await ledger.size('entries')).toBe(size);
    await isWhole(ledger);
    expect((await dpo.get(`/v1/entries/${first.id}`)).json()).toMatchObject({ receipt: receipt.receipt });
    const opened = await dpo.get(`/v1/entries/${first.id}`, look);
    if (opened.status !== 200) expect([opened.status, opened.text.includes(planted)]).toEqual([503, false]);

    free();
    const again = await sender.batch(refusedBatch);
    expect(again.status).toBe(201);
    const [known] = sent;
    if (sent.length > 1) expect((await sender.batch(known ?? [])).status).toBe(200);
    await ledger.advance();
    expect((await sender.get(`/v1/entries/${refusedBatch[0]?.id ?? freshId()}/proof`)).status).toBe(200);
    await isWhole(ledger);
    const heads = (await sender.get('/v1/logs')).text;
    await ledger.close();
    await ledger.open();
    expect((await sender.get('/v1/logs')).text).toBe(heads);
    expect((await sender.batch(refusedBatch)).text).toBe(again.text);
    expect((await dpo.get('/v1/views/summary')).json()).toMatchObject({ completeUpTo: await ledger.size('entries') });
    await isWhole(ledger);
  });
});
