import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { discloseLate, laterOf, never, type Said, type Times } from '#catalogue';
import type { AgencyId, EntryId, ExchangeId, Instant } from '#kernel';

/** A correction that is hidden because what it corrects is, or was not recorded yet, and would not be by itself. */
export interface EarlyCorrection {
  readonly id: EntryId;
  readonly corrects: EntryId;
  readonly exchange: ExchangeId;
  readonly issuer: AgencyId;
  readonly type: string;
  readonly occurredAt: Instant;
  /** from when on it would be open by itself */
  readonly since: string;
}

/** A correction that opens with what it corrects, which was recorded after it. */
export type OpenedCorrection = Pick<EarlyCorrection, 'id' | 'since'>;

/** An entry that has just been recorded. */
type Arrived = Pick<EarlyCorrection, 'id' | 'exchange' | 'issuer' | 'since'>;

/**
 * Opens with an entry what corrected it before it was recorded, and the corrections of that: all are shown together.
 *
 * @param times with the entry itself
 */
export function openEarly(
  arrived: Arrived,
  times: Times,
  earlyOf: (corrects: EntryId) => readonly EarlyCorrection[],
): { readonly times: Times; readonly opened: readonly OpenedCorrection[] } {
  const opened: OpenedCorrection[] = [];
  const waiting: Arrived[] = [arrived];
  let moved = times;
  for (let first = waiting.pop(); first !== undefined && first.since !== never; first = waiting.pop()) {
    for (const early of earlyOf(first.id)) {
      if (early.exchange !== first.exchange || early.issuer !== first.issuer) continue;
      const since = laterOf(early.since, first.since);
      moved = discloseLate(moved, saidBy(early), since);
      opened.push({ id: early.id, since });
      waiting.push({ ...early, since });
    }
  }
  return { times: moved, opened };
}

const saidBy = ({ issuer, type, occurredAt }: EarlyCorrection): Said => ({ issuer, type, occurredAt, terms: {} });

/** The register's early corrections, by what they correct. */
export class EarlyCorrections {
  readonly #statements: Record<'of' | 'save', StatementSync>;

  constructor(database: DatabaseSync) {
    database.exec(`
      CREATE TABLE IF NOT EXISTS early_correction (corrects TEXT NOT NULL, id TEXT NOT NULL, early TEXT NOT NULL,
        PRIMARY KEY (corrects, id)) WITHOUT ROWID;
    `);
    this.#statements = {
      of: database.prepare('SELECT early FROM early_correction WHERE corrects = ? ORDER BY id'),
      save: database.prepare('INSERT INTO early_correction (corrects, id, early) VALUES (?, ?, ?)'),
    };
  }

  of(corrects: EntryId): readonly EarlyCorrection[] {
    return this.#statements.of.all(corrects).map(({ early }) => JSON.parse(String(early)) as EarlyCorrection);
  }

  add(early: EarlyCorrection): void {
    this.#statements.save.run(early.corrects, early.id, JSON.stringify(early));
  }
}
