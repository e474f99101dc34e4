import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EntryId } from '#kernel';
import { RunningLedger } from '../support/running-ledger.js';
import { BackedUpLedger, expectKept, type Assessed } from './backed-up-ledger.js';
import { youthOffice } from './sample-entries.js';

const wrongUse = 64;

let ledger: BackedUpLedger;

beforeEach(async () => {
  ledger = await BackedUpLedger.start();
});
afterEach(() => ledger.remove());

const rowsIn = (file: string, sql: string): unknown => {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare(sql).all();
  database.close();
  return rows.map((row) => Object.values(row)[0]);
};

describe('A restore', () => {
  const files = {
    ledger: [
      'log.sqlite',
      'vault.sqlite',
      'origin',
      'manifest.json',
      'manifest.json.sha256',
      ...['entries.pem', 'registry.pem', 'receipt.pem', 'token-issuer.pem', 'cursor'].map((name) => `keys/${name}`),
    ],
    keys: ['keys.sqlite', 'keys/vault.key', 'manifest.json', 'manifest.json.sha256'],
  };
  const every = Object.entries(files).flatMap(([name, list]) => list.map((file) => `${name}/${file}`));
  const untouched = (): void => {
    expect(readdirSync(ledger.place).toSorted()).toEqual(['keys', 'ledger']);
  };

  test('refuses a backup in which any file has a flipped bit or is missing, names it, and leaves nothing', async () => {
    await ledger.record(2);
    const { id } = (await ledger.recordAssessed()).assessment;
    await ledger.backUpAll();
    for (const file of [...every, `ledger/assessments/${id}.json`, `keys/keys/assessments/${id}`]) {
      const path = ledger.folder(file);
      const whole = readFileSync(path);
      const flipped = Buffer.from(whole);
      const at = Math.floor(whole.length / 2);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
      const name = file.slice(file.indexOf('/') + 1);
      for (const damage of [() => writeFileSync(path, flipped), () => rmSync(path)]) {
        damage();
        const { code, err } = await ledger.restore();
        expect([file, code, err]).toEqual([file, 1, expect.stringContaining(name.replace('.sha256', ''))]);
        untouched();
      }
      writeFileSync(path, whole, { mode: 0o600 });
    }
    expect((await ledger.restore()).code).toBe(0);
  });

  test.each<[string, 'ledger' | 'keys', string, string, string]>([
    ['a changed leaf', 'ledger', 'log.sqlite', `UPDATE entries SET bytes = CAST('{}' AS BLOB) WHERE idx = 1`, 'root'],
    ['a lost leaf', 'ledger', 'log.sqlite', 'DELETE FROM entries WHERE idx = 1', 'entries/1: missing'],
    ['lost last leaves', 'ledger', 'log.sqlite', 'DELETE FROM entries', 'entries/0: missing'],
    ['a lost tree head', 'ledger', 'log.sqlite', 'DELETE FROM "entries.checkpoints"', 'tree head of the manifest'],
    ['a lost block', 'ledger', 'vault.sqlite', 'DELETE FROM blocks WHERE id = 5', 'entries/0: a block of entry'],
    ['a changed block', 'ledger', 'vault.sqlite', 'UPDATE blocks SET sealed = zeroblob(99) WHERE id = 5', 'of entry'],
    ['a changed key', 'keys', 'keys.sqlite', 'UPDATE data_keys SET wrapped = zeroblob(60) WHERE id = 2', 'of entry'],
    ['blocks of another vault', 'ledger', 'vault.sqlite', `UPDATE vault SET id = 'other'`, 'belongs to other keys'],
  ])('refuses %s though every sum fits, and leaves nothing', async (_, name, file, sql, why) => {
    await ledger.record(3);
    await ledger.running.advance();
    await ledger.backUpAll();
    ledger.tamper(name, file, sql);
    const { code, err } = await ledger.restore();
    expect([code, err]).toEqual([1, expect.stringContaining(why)]);
    untouched();
  });

  test('refuses keys that are older than the blocks, and keys of another ledger', async () => {
    await ledger.record();
    expect((await ledger.backUp('--keys', ledger.folder('keys'))).code).toBe(0);
    await ledger.record();
    expect((await ledger.backUp(ledger.folder('ledger'))).code).toBe(0);
    expect(await ledger.restore()).toMatchObject({ code: 1, err: expect.stringContaining('older than the blocks') });
    untouched();
    const other = await RunningLedger.start({ environment: { NACHWEIS_ORIGIN: 'other.example/ledger' } });
    try {
      await ledger.backUp('--keys', ledger.folder('others'), '--data', other.directory);
    } finally {
      await other.remove();
    }
    const given = [ledger.folder('ledger'), '--keys', ledger.folder('others'), '--data', ledger.folder('data')];
    const foreign = await ledger.restoreFrom(...given);
    expect(foreign).toMatchObject({ code: 1, err: expect.stringContaining('other.example/ledger') });
    const swapped = [ledger.folder('keys'), '--keys', ledger.folder('ledger'), '--data', ledger.folder('data')];
    const confused = await ledger.restoreFrom(...swapped);
    expect(confused).toMatchObject({ code: 1, err: expect.stringContaining('holds keys') });
  });

  test('goes only where nothing is', async () => {
    await ledger.backUpAll();
    mkdirSync(ledger.folder('data'));
    writeFileSync(ledger.folder('data/mine'), 'kept');
    expect(await ledger.restore()).toMatchObject({ code: wrongUse, err: expect.stringContaining('not empty') });
    expect(readdirSync(ledger.folder('data'))).toEqual(['mine']);
    rmSync(ledger.folder('data/mine'));
    mkdirSync(ledger.folder('data/.restoring'));
    expect(await ledger.restore()).toMatchObject({ code: wrongUse, err: expect.stringContaining('in the way') });
    rmSync(ledger.folder('data/.restoring'), { recursive: true });
    mkdirSync(ledger.folder('data/lost+found'));
    expect((await ledger.restore()).code).toBe(0);
    expect(readdirSync(ledger.folder('data')).toSorted()).toEqual([
      'keys',
      'keys.sqlite',
      'log.sqlite',
      'lost+found',
      'origin',
      'vault.sqlite',
    ]);
  });

  test('cut off while it moves files to their place leaves nothing a ledger would start on', async () => {
    await ledger.record(2);
    await ledger.recordAssessed();
    await ledger.backUpAll();
    await ledger.running.close();
    expect((await ledger.restore()).code).toBe(0);
    const order = ['keys.sqlite', 'origin', 'keys', 'trails', 'log.sqlite', 'vault.sqlite'];
    expect(readdirSync(ledger.folder('data')).toSorted()).toEqual(order.toSorted());
    for (let moved = 1; moved < order.length; moved += 1) {
      for (const name of order.slice(0, moved))
        cpSync(ledger.folder(`data/${name}`), ledger.folder(`part/${name}`), { recursive: true });
      await expect(RunningLedger.start({ directory: ledger.folder('part') })).rejects.toThrow(/missing|empty/);
      rmSync(ledger.folder('part'), { recursive: true });
    }
  });

  test('refuses a backup that ends before a checkpoint somebody holds', async () => {
    await ledger.record(2);
    await ledger.running.advance();
    const early = ledger.running.ledger.integrators.entries.published?.checkpoint ?? '';
    await ledger.backUpAll();
    await ledger.record();
    await ledger.running.advance();
    const late = ledger.running.ledger.integrators.entries.published?.checkpoint ?? '';
    writeFileSync(ledger.folder('held'), late);
    const { code, err } = await ledger.restore('--checkpoint', ledger.folder('held'));
    expect([code, err]).toEqual([1, expect.stringContaining('went on to 3 entries')]);
    writeFileSync(ledger.folder('held'), early.replace('ledger.example', 'danger.example'));
    expect((await ledger.restore('--checkpoint', ledger.folder('held'))).code).toBe(wrongUse);
    writeFileSync(ledger.folder('held'), early);
    expect((await ledger.restore('--checkpoint', ledger.folder('held'))).code).toBe(0);
  });
});

describe('An assessment', () => {
  const month = 31 * 24 * 60 * 60 * 1_000;
  const kept = (): readonly string[] =>
    readdirSync(ledger.folder('data'), { recursive: true })
      .map(String)
      .filter((name) => name.includes('assessments/'))
      .toSorted();

  test('that an entry names is handed out by the restored ledger as before, for good', async () => {
    const [named, forgotten] = [await ledger.recordAssessed(), await ledger.assess()];
    await ledger.backUpAll();
    await ledger.running.close();
    expect((await ledger.restore()).code).toBe(0);
    await ledger.onRestored(async (restored) => {
      const shown = async ({ assessment }: Assessed) =>
        (await restored.as('agency', youthOffice)).get(`/v1/assessments/${assessment.id}`);
      for (const one of [named, forgotten]) expect((await shown(one)).json()).toEqual(one);
      restored.clock.tick(month);
      await restored.close();
      await restored.open();
      expect((await shown(named)).json()).toEqual(named);
      expect((await shown(forgotten)).status).toBe(404);
    });
    expect(kept()).toEqual([
      `keys/assessments/${named.assessment.id}`,
      `trails/assessments/${named.assessment.id}.json`,
    ]);
  });

  test('of which only the key or only the rest was copied is left out, and the ledger starts', async () => {
    await ledger.backUp('--keys', ledger.folder('keys'));
    const { assessment } = await ledger.assess();
    await ledger.backUp(ledger.folder('ledger'));
    await ledger.assess();
    await ledger.backUp('--keys', ledger.folder('later'));
    const parts = (): string[] => [ledger.folder('ledger'), '--data', ledger.folder('data'), '--keys'];
    for (const [keys, count] of [
      ['keys', 0],
      ['later', 2],
    ] as const) {
      expect((await ledger.restoreFrom(...parts(), ledger.folder(keys))).code).toBe(0);
      expect(kept()).toHaveLength(count);
      await ledger.onRestored(async (restored) => {
        const worker = await restored.as('agency', youthOffice);
        const { status } = await worker.get(`/v1/assessments/${assessment.id}`);
        expect([keys, status]).toEqual([keys, count === 0 ? 404 : 200]);
      });
      rmSync(ledger.folder('data'), { recursive: true });
    }
  });

  test('that an entry names is never left out for want of its key: the restore is refused', async () => {
    const { assessment } = await ledger.recordAssessed();
    await ledger.backUpAll();
    ledger.lose('keys', `keys/assessments/${assessment.id}`);
    expect(await ledger.restore()).toMatchObject({ code: 1, err: expect.stringContaining(assessment.id) });
    expect(readdirSync(ledger.place).toSorted()).toEqual(['keys', 'ledger']);
  });

  test.each(['assessments/../../mine.json', 'assessments/mine.json', 'keys/assessments/mine', 'trails/mine.json'])(
    'is never listed as %s',
    async (strange) => {
      const { assessment } = await ledger.assess();
      await ledger.backUpAll();
      ledger.rename('ledger', `assessments/${assessment.id}.json`, strange);
      expect(await ledger.restore()).toMatchObject({ code: 1, err: expect.stringContaining(`lists ${strange}`) });
    },
  );
});

describe('What was erased', () => {
  const erase = (id: string) => ledger.running.ledger.vault.destroy({ entry: id as EntryId });
  const id = (index: number): string => ledger.acknowledged[index]?.id ?? '';
  const restoredFile = (name: string): string => join(ledger.folder('data'), name);
  const erasedEntries = (): unknown =>
    rowsIn(
      restoredFile('vault.sqlite'),
      'SELECT DISTINCT entry FROM stored JOIN blocks ON blocks.stored = stored.id WHERE sealed IS NULL ORDER BY entry',
    );

  test('before the blocks were copied stays erased, and older keys of it are not restored', async () => {
    await ledger.record(3);
    await ledger.backUp('--keys', ledger.folder('older'));
    const keysBefore = rowsIn(ledger.folder('older/keys.sqlite'), 'SELECT hex(wrapped) FROM data_keys') as string[];
    await erase(id(1));
    await ledger.backUp(ledger.folder('ledger'));
    cpSync(ledger.folder('older'), ledger.folder('keys'), { recursive: true });
    const { code, out } = await ledger.restore();
    expect([code, out]).toEqual([0, expect.stringMatching(/2 keys that no block needs were not restored/)]);
    expect(erasedEntries()).toEqual([id(1)]);
    const bytes = readFileSync(restoredFile('keys.sqlite'));
    const revived = keysBefore.filter((wrapped) => bytes.includes(Buffer.from(wrapped, 'hex')));
    expect([keysBefore.length, revived.length]).toEqual([6, 4]);
    await ledger.onRestored(async (restored) => {
      await expectKept(restored, ledger.acknowledged.toSpliced(1, 1));
      const opened = await restored.ledger.vault.open([id(1) as EntryId]);
      expect(opened.get(id(1) as EntryId)?.every((block) => 'erased' in block)).toBe(true);
    });
  });

  test('after the blocks were copied but before the keys were stays erased', async () => {
    await ledger.record(3);
    await ledger.backUp(ledger.folder('ledger'));
    await erase(id(0));
    await ledger.backUp('--keys', ledger.folder('keys'));
    expect(await ledger.restore()).toMatchObject({ code: 0, out: expect.stringContaining('were erased after') });
    expect(erasedEntries()).toEqual([id(0)]);
    const tokens = 'SELECT count(*) FROM tokens JOIN stored ON stored.id = stored WHERE entry =';
    expect(rowsIn(restoredFile('vault.sqlite'), `${tokens} '${id(0)}'`)).toEqual([0]);
    expect(rowsIn(restoredFile('vault.sqlite'), `${tokens} '${id(2)}'`)).not.toEqual([0]);
    await ledger.onRestored((restored) => expectKept(restored, ledger.acknowledged.slice(1)));
  });
});
