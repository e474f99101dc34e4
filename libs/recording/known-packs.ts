import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { textIn, type Said } from '#catalogue';

/** One version of a rule pack. */
export interface PackVersion {
  readonly code: string;
  readonly version: number;
}

/** The version of a pack that an entry of the registry publishes; null where it does not say which it is. */
export function packIn({ type, terms }: Pick<Said, 'type' | 'terms'>): PackVersion | null {
  const code = textIn(terms, 'pack');
  const { version } = terms;
  return type === 'RulePackPublished' && code !== null && typeof version === 'number' ? { code, version } : null;
}

/** The register's packs: of each the highest version that was published. */
export class KnownPacks {
  readonly #statements: Record<'latest' | 'save', StatementSync>;

  constructor(database: DatabaseSync) {
    database.exec('CREATE TABLE IF NOT EXISTS pack (code TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;');
    this.#statements = {
      latest: database.prepare('SELECT version FROM pack WHERE code = ?'),
      save: database.prepare(`
        INSERT INTO pack (code, version) VALUES (?, ?)
        ON CONFLICT (code) DO UPDATE SET version = max(version, excluded.version)`),
    };
  }

  /** 0 where none was published */
  latest(code: string): number {
    const row = this.#statements.latest.get(code) as { version: number } | undefined;
    return row?.version ?? 0;
  }

  add({ code, version }: PackVersion): void {
    this.#statements.save.run(code, version);
  }
}
