import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { agencyIn, textIn, type Said } from '#catalogue';
import { isInstant, type AgencyId, type Instant } from '#kernel';

/** How an agency's standing changes: it is suspended for a time, or admitted, which ends that. */
export interface Suspension {
  readonly agency: AgencyId;
  /** null: from when it was recorded */
  readonly from: Instant | null;
  /** null: until it is admitted again, or another suspension says when it ends */
  readonly until: Instant | null;
}

/** The suspension an entry of the registry holds. */
export function suspensionIn({ type, terms }: Pick<Said, 'type' | 'terms'>): Suspension | null {
  const agency = agencyIn(terms, 'agency');
  if (type !== 'AgencySuspended' || agency === null) return null;
  return { agency, from: instantIn(terms, 'suspendedFrom'), until: instantIn(terms, 'suspendedUntil') };
}

function instantIn(terms: Said['terms'], name: string): Instant | null {
  const value = textIn(terms, name);
  return isInstant(value) ? value : null;
}

/** The register's suspensions: of each agency the one that was recorded last. */
export class KnownSuspensions {
  readonly #statements: Record<'of' | 'save' | 'end', StatementSync>;

  constructor(database: DatabaseSync) {
    database.exec(`
      CREATE TABLE IF NOT EXISTS suspension
        (agency TEXT PRIMARY KEY, since TEXT NOT NULL, until TEXT) WITHOUT ROWID;
    `);
    this.#statements = {
      of: database.prepare('SELECT since, until FROM suspension WHERE agency = ?'),
      save: database.prepare('INSERT OR REPLACE INTO suspension (agency, since, until) VALUES (?, ?, ?)'),
      end: database.prepare('DELETE FROM suspension WHERE agency = ?'),
    };
  }

  isSuspended(agency: AgencyId, at: Instant): boolean {
    const row = this.#statements.of.get(agency) as { since: string; until: string | null } | undefined;
    return row !== undefined && row.since <= at && (row.until === null || at < row.until);
  }

  add({ agency, from, until }: Suspension, recordedAt: Instant): void {
    this.#statements.save.run(agency, from ?? recordedAt, until);
  }

  end(agency: AgencyId): void {
    this.#statements.end.run(agency);
  }
}
