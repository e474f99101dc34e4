import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { Client } from 'pg';

export type Value = string | number | null;

/** Rows of one table that go in with one batch of leaves. */
export interface TableRows {
  readonly table: string;
  readonly rows: readonly (readonly Value[])[];
}

export interface BareInserting {
  readonly url: string;
  readonly schema: string;
  /** what one commit holds */
  readonly batches: readonly (readonly TableRows[])[];
  /** leaves that the rows were made of */
  readonly leaves: number;
}

/** The least that a projector must do: rows that are in memory already go in, one commit a batch. */
async function insert({ url, schema, batches, leaves }: BareInserting): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const begun = performance.now();
  for (const batch of batches) {
    await client.query('BEGIN');
    for (const { table, rows } of batch) {
      const values = rows.flat();
      await client.query(`INSERT INTO ${schema}.${table} VALUES ${placesFor(rows)}`, values);
    }
    await client.query('COMMIT');
  }
  const seconds = (performance.now() - begun) / 1_000;
  await client.end();
  return leaves / seconds;
}

function placesFor(rows: TableRows['rows']): string {
  let place = 0;
  return rows.map((row) => `(${row.map(() => `$${(place += 1)}`).join()})`).join();
}

process.stdout.write(`${await insert(deserialize(readFileSync(process.argv[2] ?? '')) as BareInserting)}\n`);
