import { createPrivateKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { secretFrom } from '#access';

/** This ledger was started before under another name; its checkpoints and receipts would contradict the old ones. */
export class OriginMismatch extends Error {
  override readonly name = 'OriginMismatch';
  readonly isForeign = true;
}

/** The log of this folder lives on in an event store; recording here would make a second history of it. */
export class DataMigrated extends Error {
  override readonly name = 'DataMigrated';
}

/** Another ledger is running on the same data. */
export class DataInUse extends Error {
  override readonly name = 'DataInUse';
}

/** Where keys and written trails lie, when not in the folder itself: ledgers of a cluster share them. */
export interface SharedFolders {
  readonly keys?: string | undefined;
  readonly trails?: string | undefined;
}

/** The folder of one ledger's process. The embedded profile keeps everything in it, the cluster what can be rebuilt. */
export class DataDirectory {
  private constructor(
    readonly path: string,
    readonly keys: string,
    readonly trails: string,
  ) {}

  /**
   * Opens the folder; makes it at the first start and fixes the origin in it.
   *
   * @throws OriginMismatch
   */
  static open(path: string, origin: string, shared: SharedFolders = {}): DataDirectory {
    const { keys = join(path, 'keys'), trails = join(path, 'trails') } = shared;
    for (const folder of [path, keys, trails]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fixed = secretFrom(join(path, 'origin'), () => `${origin}\n`).trimEnd();
    if (fixed !== origin) {
      throw new OriginMismatch(`this data belongs to the ledger ${fixed}; set NACHWEIS_ORIGIN to it, not to ${origin}`);
    }
    return new DataDirectory(path, keys, trails);
  }

  /** Refuses a folder whose log `nachweis migrate` has carried away. @throws DataMigrated */
  refuseMigrated(): void {
    if (!existsSync(this.file('migrated'))) return;
    throw new DataMigrated(`the log of ${this.path} was migrated to an event store; set NACHWEIS_EVENT_STORE to it`);
  }

  /** Names this folder, and so the ledger that works in it, for ever. */
  get instance(): string {
    return secretFrom(join(this.path, 'instance'), randomUUID);
  }

  /** Beside the written trails, where all ledgers of a cluster share it. */
  get library(): string {
    return join(this.trails, 'library');
  }

  file(...names: string[]): string {
    return join(this.path, ...names);
  }

  /** An Ed25519 key of its own for each role, made at the first start, readable by its owner alone. */
  signingKey(name: string): KeyObject {
    return createPrivateKey(secretFrom(join(this.keys, `${name}.pem`), freshKey));
  }

  /**
   * Opens a database of derived, rebuildable content. Its commits do not wait for the disk.
   *
   * @throws DataInUse
   */
  derived(name: string): DatabaseSync {
    const database = new DatabaseSync(this.file(name), { timeout: 0 });
    try {
      database.exec(
        'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;',
      );
      database.exec('BEGIN IMMEDIATE; COMMIT;');
      return database;
    } catch (cause) {
      database.close();
      throw new DataInUse('another ledger is running on this data', { cause });
    }
  }
}

const freshKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
