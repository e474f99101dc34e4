import type { ViewsTransaction } from '../views.js';

/** One row per entry, as rules may know it. */
export interface FactTable {
  readonly entry_index: number;
  readonly entry_id: string;
  readonly issuer: string;
  readonly recorded_at: string;
  /** size of the registry it was judged against */
  readonly registry: number;
  /** of which days of its agency it is, where the first entry of a day stands for all of them; null where none does */
  readonly day: string | null;
  /** JSON of type, time and terms; null once they are erased */
  readonly said: string | null;
}

/** Which entries are judged together. */
export interface MatterTable {
  readonly matter: string;
  readonly kind: string;
  readonly entry_index: number;
}

/** What entries are called, and what they call others. */
export interface ConnectionTable {
  readonly handle: string;
  /** 0: its own, 1: another's */
  readonly outward: number;
  readonly matter: string;
  readonly kind: string;
  readonly entry_index: number;
}

/** What is broken or still owed. What is kept leaves no row. */
export interface JudgementTable {
  readonly key: string;
  readonly matter: string;
  readonly kind: string;
  readonly rule: string;
  readonly rule_version: number;
  readonly agency: string;
  readonly entry_id: string;
  readonly part: string | null;
  readonly verdict: string;
  /** broken since, or from when on it will be or cannot be decided; null where it never can be */
  readonly due: string | null;
  readonly severity: string;
  readonly basis: string;
  /** `code@version` of the packs that settled it, the most special first, separated by spaces */
  readonly packs: string;
  readonly clause: string | null;
  /** JSON of the time it gave, which is `null` where its rule gives one and another day counted; null where it gives none */
  readonly deadline: string | null;
  /** JSON list of entry ids */
  readonly facts: string;
  /** entry id of the check note about it, raised or not */
  readonly note: string;
  /** from when on its agency may be told: the end of a deferral by another one; empty: always */
  readonly shown_from: string;
}

/** Check notes that were raised, each as it stands. An erased one leaves no row. */
export interface NoteTable {
  readonly entry_id: string;
  readonly rule: string;
  readonly agency: string;
  /** what it is about: an entry, and after a slash the part of it */
  readonly fact: string;
  readonly raised_at: string;
  /** a code of the vocabulary `check-note-status`: what the agency's latest assessment says */
  readonly status: string;
  /** when it came to stand so; null while it is open */
  readonly assessed_at: string | null;
}

export async function createJudgementTables({ schema }: ViewsTransaction): Promise<void> {
  await createEntries(schema);
  await createJudgements(schema);
  await createIndexes(schema);
}

async function createEntries(schema: ViewsTransaction['schema']): Promise<void> {
  await schema
    .createTable('fact')
    .ifNotExists()
    .addColumn('entry_index', 'bigint', (column) => column.primaryKey())
    .addColumn('entry_id', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('recorded_at', 'text', (column) => column.notNull())
    .addColumn('registry', 'bigint', (column) => column.notNull())
    .addColumn('day', 'text')
    .addColumn('said', 'text')
    .execute();
  await schema
    .createTable('matter')
    .ifNotExists()
    .addColumn('matter', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('entry_index', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('matter_key', ['matter', 'kind', 'entry_index'])
    .execute();
  await schema
    .createTable('connection')
    .ifNotExists()
    .addColumn('handle', 'text', (column) => column.notNull())
    .addColumn('outward', 'integer', (column) => column.notNull())
    .addColumn('matter', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('entry_index', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('connection_key', ['handle', 'outward', 'matter', 'kind', 'entry_index'])
    .execute();
}

async function createJudgements(schema: ViewsTransaction['schema']): Promise<void> {
  await schema
    .createTable('judgement')
    .ifNotExists()
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('matter', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('rule_version', 'integer', (column) => column.notNull())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('entry_id', 'text', (column) => column.notNull())
    .addColumn('part', 'text')
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('due', 'text')
    .addColumn('severity', 'text', (column) => column.notNull())
    .addColumn('basis', 'text', (column) => column.notNull())
    .addColumn('packs', 'text', (column) => column.notNull())
    .addColumn('clause', 'text')
    .addColumn('deadline', 'text')
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.primaryKey())
    .addColumn('shown_from', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('note')
    .ifNotExists()
    .addColumn('entry_id', 'text', (column) => column.primaryKey())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('fact', 'text', (column) => column.notNull())
    .addColumn('raised_at', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('assessed_at', 'text')
    .execute();
}

async function createIndexes(schema: ViewsTransaction['schema']): Promise<void> {
  for (const [name, table, columns] of [
    ['fact_id', 'fact', ['entry_id']],
    ['fact_day', 'fact', ['day', 'entry_index']],
    ['fact_registry', 'fact', ['registry']],
    ['matter_entry', 'matter', ['entry_index']],
    ['connection_matter', 'connection', ['matter', 'outward']],
    ['judgement_matter', 'judgement', ['matter', 'kind']],
    ['judgement_agency', 'judgement', ['agency', 'due']],
    ['judgement_verdict', 'judgement', ['agency', 'verdict', 'due']],
    ['judgement_severity', 'judgement', ['agency', 'severity', 'due']],
    ['judgement_due', 'judgement', ['due']],
    ['note_agency', 'note', ['agency', 'status']],
  ] as const) {
    await schema
      .createIndex(name)
      .ifNotExists()
      .on(table)
      .columns([...columns])
      .execute();
  }
}
