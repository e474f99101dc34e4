import { Client } from 'pg';
import { treeSize } from '#kernel';
import { VaultDamaged, VaultRefused, VaultUnavailable, type SealedEntry } from '#vault';
import { PostgresVault } from '#vault/postgres';
import { entry, expected, grown, sealedEntry } from '../testing/sealed-entry.js';
import { VaultServer } from '../testing/vault-server.js';

let server: VaultServer;
let vault: PostgresVault;
const unhandled: unknown[] = [];
const noticed = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', noticed);
  server = await VaultServer.start();
});
afterAll(async () => {
  await server.stop();
  process.off('unhandledRejection', noticed);
});
beforeEach(async () => {
  await server.empty();
  vault = await PostgresVault.open(server.place());
});
afterEach(async () => {
  await vault.close();
  expect(unhandled).toEqual([]);
});

const noLeaf = async (): Promise<null> => null;
const leavesOf =
  (...entries: readonly SealedEntry[]) =>
  async () =>
    new Set(entries.flatMap(({ blocks }) => blocks.map(({ digest }) => digest)));
const inBlocks = (sql: string) => server.postgres.run(server.blocks, sql);
const inKeys = (sql: string) => server.postgres.run(server.keys, sql);
const keysLeft = async () => (await inKeys('SELECT id FROM nachweis_keys.data_keys')).length;

/** Makes a kind of change fail, as if the process or the server had died at that moment. */
async function breaking(half: 'blocks' | 'keys', on: string): Promise<() => Promise<void>> {
  const table = on.replace(/^\w+ ON /, '');
  await server.postgres.run(
    server[half],
    `CREATE FUNCTION public.broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$;
     CREATE TRIGGER broken BEFORE ${on} EXECUTE FUNCTION public.broken()`,
  );
  return async () => {
    await server.postgres.run(server[half], `DROP TRIGGER broken ON ${table}; DROP FUNCTION public.broken`);
  };
}

async function killed(): Promise<void> {
  process.kill(server.postgres.pid, 'SIGKILL');
  for (;;) {
    const restarted = await server.postgres.restart().then(
      () => true,
      () => false,
    );
    if (restarted) return;
  }
}

/** What the server answers once it answers again. */
async function patiently<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof VaultUnavailable) || attempt === 200) throw error;
    }
  }
}

describe('a vault on PostgreSQL that is cut off', () => {
  it('between keys and blocks stores nothing; the keys go with the next sweep', async () => {
    await vault.store([sealedEntry(1)], expected);
    const mend = await breaking('blocks', 'INSERT ON nachweis_vault.blocks');
    await expect(vault.store([sealedEntry(2), sealedEntry(3)], expected)).rejects.toThrow(VaultUnavailable);
    await mend();
    expect((await vault.open([entry(2), entry(3)])).size).toBe(0);
    expect(await keysLeft()).toBe(6);
    expect(await vault.sweep(grown, leavesOf(sealedEntry(1)))).toBe(0);
    expect(await keysLeft()).toBe(2);
    await vault.store([sealedEntry(2)], expected);
    expect((await vault.open([entry(1), entry(2)])).size).toBe(2);
  });

  it('before the keys stores nothing at all', async () => {
    const mend = await breaking('keys', 'INSERT ON nachweis_keys.data_keys');
    await expect(vault.store([sealedEntry(1)], expected)).rejects.toThrow(VaultUnavailable);
    await mend();
    expect(await inBlocks('SELECT 1 FROM nachweis_vault.stored')).toEqual([]);
  });

  it.each(['the next start', 'the next destruction', 'the next sweep'])(
    'before the keys of a destruction are gone leaves that to %s',
    async (next) => {
      await vault.store([sealedEntry(1), sealedEntry(2)], expected);
      const mend = await breaking('keys', 'DELETE ON nachweis_keys.data_keys');
      await expect(vault.destroy({ entry: entry(1) })).rejects.toThrow(VaultUnavailable);
      expect(await keysLeft()).toBe(4);
      await mend();
      if (next === 'the next start') await (await PostgresVault.open(server.place())).close();
      if (next === 'the next destruction') await vault.destroy({ entry: entry(1) });
      if (next === 'the next sweep') await vault.sweep(treeSize(0), noLeaf);
      expect(await keysLeft()).toBe(2);
      expect(await inBlocks('SELECT 1 FROM nachweis_vault.doomed')).toEqual([]);
      expect((await vault.open([entry(2)])).get(entry(2))).toHaveLength(4);
    },
  );

  it('by a kill of the server while it stores has everything it acknowledged, and goes on', async () => {
    const acknowledged: SealedEntry[] = [];
    for (const round of [0, 1, 2]) {
      const stores = Array.from({ length: 40 }, async (_, number) => {
        const sealed = sealedEntry(round * 100 + number);
        await vault.store([sealed], expected);
        acknowledged.push(sealed);
        if (number === 4 + round) await killed();
      });
      const failed = (await Promise.allSettled(stores)).flatMap((one) => (one.status === 'rejected' ? one.reason : []));
      expect(failed.every((reason) => reason instanceof VaultUnavailable)).toBe(true);
    }
    expect(acknowledged.length).toBeGreaterThan(10);
    const opened = await patiently(() => vault.open(acknowledged.map(({ id }) => id)));
    for (const { id, blocks } of acknowledged) {
      expect(
        opened
          .get(id)
          ?.flatMap((block) => ('encoded' in block ? block.encoded : []))
          .sort(),
      ).toEqual(blocks.map(({ encoded }) => encoded).sort());
    }
    await patiently(() => vault.sweep(grown, leavesOf(...acknowledged)));
    expect(await keysLeft()).toBe(2 * acknowledged.length);
  });

  it('answers that it is unavailable while the server is away, and by itself when it is back', async () => {
    await vault.store([sealedEntry(1)], expected);
    process.kill(server.postgres.pid, 'SIGKILL');
    // Who was connected is served until the server's processes notice that the first of them is gone.
    const isServed = () => vault.open([entry(1)]).then(Boolean, () => false);
    while (await isServed()) await new Promise(setImmediate);
    for (const attempt of [vault.store([sealedEntry(2)], expected), vault.open([entry(1)])]) {
      await expect(attempt).rejects.toThrow(VaultUnavailable);
    }
    await expect(vault.open([entry(1)])).rejects.toThrow(/127\.0\.0\.1:\d+\/test_\d/);
    await expect(PostgresVault.open(server.place())).rejects.toThrow(VaultRefused);
    await server.postgres.restart();
    await patiently(() => vault.store([sealedEntry(2)], expected));
    expect((await vault.open([entry(1), entry(2)])).size).toBe(2);
  });
});

describe('a vault on PostgreSQL', () => {
  it('does not wait for ever behind somebody who holds its rows', async () => {
    const hasty = await PostgresVault.open({ ...server.place(), statementTimeout: 200 });
    await hasty.store([sealedEntry(1)], expected);
    const holder = new Client({ connectionString: server.postgres.url(server.blocks) });
    await holder.connect();
    await holder.query('BEGIN; SELECT 1 FROM nachweis_vault.stored FOR UPDATE');
    await expect(hasty.store([sealedEntry(1)], grown)).rejects.toThrow(VaultUnavailable);
    await expect(hasty.destroy({ entry: entry(1) })).rejects.toThrow(VaultUnavailable);
    await hasty.store([sealedEntry(2)], expected);
    await holder.query('ROLLBACK');
    await holder.end();
    expect(await hasty.destroy({ entry: entry(1) })).toEqual({ entries: 1, blocks: 4 });
    await hasty.close();
  });

  it('holds nobody up when it hangs between keys and blocks', async () => {
    const hanging = await PostgresVault.open({ ...server.place(), statementTimeout: 300 });
    await hanging.store([sealedEntry(1)], expected);
    const holder = new Client({ connectionString: server.postgres.url(server.keys) });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE nachweis_keys.data_keys');
    const stuck = hanging.store([sealedEntry(2)], expected);
    await expect(stuck).rejects.toThrow(VaultUnavailable);
    await holder.query('ROLLBACK');
    await holder.end();
    expect(await vault.sweep(grown, noLeaf)).toBe(4);
    await hanging.close();
  });

  it('loses with older keys only what was stored since, and gives no key twice', async () => {
    await vault.store([sealedEntry(1)], expected);
    await inKeys('CREATE TABLE public.dump AS TABLE nachweis_keys.data_keys');
    await vault.store([sealedEntry(2)], expected);
    await vault.destroy({ entry: entry(1), blocks: ['people'] });
    await vault.store([sealedEntry(3)], expected);
    await inKeys(
      `TRUNCATE nachweis_keys.data_keys RESTART IDENTITY;
       INSERT INTO nachweis_keys.data_keys (id, wrapped) SELECT id, wrapped FROM public.dump ORDER BY made;
       DROP TABLE public.dump`,
    );
    const again = await PostgresVault.open(server.place());
    await again.store([sealedEntry(4)], expected);
    expect((await again.open([entry(1)], ['staff', 'reasons'])).get(entry(1))).toHaveLength(2);
    expect((await again.open([entry(4)])).get(entry(4))).toHaveLength(4);
    for (const lost of [2, 3]) await expect(again.open([entry(lost)])).rejects.toThrow(VaultDamaged);
    expect((await again.open([entry(1)], ['people'])).get(entry(1))).toMatchObject([{ erased: true }]);
    const owners = await inBlocks(
      'SELECT count(DISTINCT stored)::integer AS n FROM nachweis_vault.blocks GROUP BY key',
    );
    expect(owners).toEqual(owners.map((row) => ('n' in row && row.n === 3 ? row : { n: 1 })));
    expect(await again.destroy({ entry: entry(2) })).toEqual({ entries: 1, blocks: 4 });
    await again.close();
  });

  it('lets nothing of an error tell what was stored', async () => {
    const mend = await breaking('blocks', 'INSERT ON nachweis_vault.blocks');
    const error: unknown = await vault.store([sealedEntry(1)], expected).catch((caught: unknown) => caught);
    await mend();
    expect(error).toBeInstanceOf(VaultUnavailable);
    expect(String(error)).toContain(server.blocks);
    expect(String(error)).not.toContain('test-only');
  });
});
