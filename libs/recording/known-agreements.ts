import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { afterChange, supersededAgreement, type AgreementChange, type KnownAgreement } from '#catalogue';

/** The register's versions of agreements. One agreement is read at a time, however many there are. */
export class KnownAgreements {
  readonly #statements: Record<'versions' | 'about' | 'save', StatementSync>;

  constructor(database: DatabaseSync) {
    database.exec(`
      CREATE TABLE IF NOT EXISTS agreement (agreement TEXT NOT NULL, version INTEGER NOT NULL, superseded TEXT,
        known TEXT NOT NULL, PRIMARY KEY (agreement, version)) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS agreement_superseded ON agreement (superseded) WHERE superseded IS NOT NULL;
    `);
    this.#statements = {
      versions: database.prepare('SELECT known FROM agreement WHERE agreement = ? ORDER BY version'),
      about: database.prepare(`
        SELECT known FROM agreement WHERE agreement = ?1
        UNION SELECT known FROM agreement WHERE superseded = ?1`),
      save: database.prepare(
        'INSERT OR REPLACE INTO agreement (agreement, version, superseded, known) VALUES (?, ?, ?, ?)',
      ),
    };
  }

  /** The versions of an agreement, and those that take the place of one. */
  about(agreement: string): readonly KnownAgreement[] {
    return this.#read('about', agreement);
  }

  change(change: AgreementChange): void {
    const agreement = 'adds' in change ? change.adds.agreement : change.ends;
    for (const one of afterChange(this.#read('versions', agreement), change)) {
      this.#statements.save.run(one.agreement, one.version, supersededAgreement(one), JSON.stringify(one));
    }
  }

  #read(which: 'versions' | 'about', agreement: string): readonly KnownAgreement[] {
    return this.#statements[which].all(agreement).map(({ known }) => JSON.parse(String(known)) as KnownAgreement);
  }
}
