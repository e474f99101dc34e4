import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { entryTypes, textIn, type Said } from '#catalogue';
import { isUuid, type AgencyId, type EntryId } from '#kernel';

/** An entry that is never shown without the one it corrects, nor that one without it. */
export interface Correction {
  readonly corrects: EntryId;
  /** of the correction: whose entry it may speak of */
  readonly issuer: AgencyId;
}

/** What an entry corrects, as its terms say it. */
export function correctionIn({ issuer, type, terms }: Pick<Said, 'issuer' | 'type' | 'terms'>): Correction | null {
  const field = entryTypes.get(type)?.shownWith;
  const corrects = field === undefined ? null : textIn(terms, field);
  return isUuid(corrects) ? { corrects: corrects as EntryId, issuer } : null;
}

/** The register's corrections, by what they correct. */
export class KnownCorrections {
  readonly #statements: Record<'of' | 'save', StatementSync>;

  constructor(database: DatabaseSync) {
    database.exec(`
      CREATE TABLE IF NOT EXISTS correction (corrects TEXT NOT NULL, issuer TEXT NOT NULL, idx INTEGER NOT NULL,
        id TEXT NOT NULL, PRIMARY KEY (corrects, issuer, idx)) WITHOUT ROWID;
    `);
    this.#statements = {
      of: database.prepare('SELECT id FROM correction WHERE corrects = ? AND issuer = ? ORDER BY idx'),
      save: database.prepare('INSERT OR REPLACE INTO correction (corrects, issuer, idx, id) VALUES (?, ?, ?, ?)'),
    };
  }

  /** Corrections of an entry by the agency that recorded it, in the order of the log. */
  of(entry: EntryId, issuer: AgencyId): readonly EntryId[] {
    return this.#statements.of.all(entry, issuer).map(({ id }) => String(id) as EntryId);
  }

  add(id: EntryId, { corrects, issuer }: Correction, index: number): void {
    this.#statements.save.run(corrects, issuer, index, id);
  }
}
