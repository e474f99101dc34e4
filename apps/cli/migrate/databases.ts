import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'pg';
import { migrateViews } from '#compliance/postgres';
import { openedFrom, type Config } from '#platform';
import { poolConfigOf, type PostgresAddress } from '#postgres';
import { migrateCoordination } from '#recording/postgres';
import { migrateVault } from '#vault/postgres';
import { GenerationsOfViews } from '../rebuild/generations-of-views.js';
import { WrongUse } from '../wrong-use.js';

/**
 * Makes what this version needs in the databases that are configured, or brings it to this version; never back. Users
 * of the settings own the schemas. Safe to run again, and by several at once.
 *
 * @param say hears what was done
 * @throws WrongUse when no database is configured, or half of a vault
 * @throws StartRefused naming the setting whose database cannot be used
 */
export async function migrateDatabases(config: Config, say: (text: string) => void): Promise<void> {
  const { views, vault, vaultKeys } = config;
  if ((vault === undefined) !== (vaultKeys === undefined)) {
    throw new WrongUse('NACHWEIS_VAULT and NACHWEIS_VAULT_KEYS are two halves of one vault; name both or none');
  }
  if (views === undefined && vault === undefined) {
    throw new WrongUse('NACHWEIS_VIEWS, NACHWEIS_VAULT and NACHWEIS_VAULT_KEYS name no database');
  }
  if (vault !== undefined && vaultKeys !== undefined) {
    const keys = { url: vaultKeys, passwordFile: config.vaultKeysPasswordFile };
    await migrateSealed(config, { url: vault, passwordFile: config.vaultPasswordFile }, keys);
    say('NACHWEIS_VAULT, NACHWEIS_VAULT_KEYS: as this version needs them');
  }
  if (views === undefined) return;
  const { viewsPasswordFile: passwordFile, origin } = config;
  await openedFrom('NACHWEIS_VIEWS', () =>
    migrateViews({ url: views, ...(passwordFile !== undefined && { passwordFile }), origin }),
  );
  say('NACHWEIS_VIEWS: as this version needs it');
  const made = await firstGeneration(config);
  if (made !== null) say(made);
}

async function migrateSealed(config: Config, blocks: PostgresAddress, keys: PostgresAddress): Promise<void> {
  const folder = config.keys ?? join(config.data, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { origin } = config;
  await openedFrom('NACHWEIS_VAULT, NACHWEIS_VAULT_KEYS', () =>
    migrateVault({ blocks, keys, origin, keyFile: join(folder, 'vault.key') }),
  );
  await openedFrom('NACHWEIS_VAULT', async () => {
    const pool = new Pool({ ...poolConfigOf(blocks, 'nachweis-migrate'), max: 1 });
    try {
      await migrateCoordination(pool);
    } finally {
      await pool.end();
    }
  });
}

/** Projectors fold into a generation of their version only, so that there has to be one. */
async function firstGeneration(config: Config): Promise<string | null> {
  const generations = await openedFrom('NACHWEIS_VIEWS', () => GenerationsOfViews.open(config));
  try {
    const made = await generations.requireOurs();
    if (made === null) return null;
    const next = made.state === 'active' ? 'is read' : 'is being built; nachweis rebuild switch makes it the one read';
    return `NACHWEIS_VIEWS: generation ${made.number} ${next}`;
  } finally {
    await generations.close();
  }
}
