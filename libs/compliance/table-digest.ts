import { createHash } from 'node:crypto';
import type { ViewName, ViewsDatabase } from './views.js';

const modulus = 2n ** 256n;

/**
 * The sum of the rows' SHA-256 modulo 2^256, in hexadecimal: it does not depend on the order of rows or columns, nor
 * on whether a driver gives a whole number as a number or as text. Rows are read one by one.
 */
export async function tableDigest(database: ViewsDatabase, table: ViewName): Promise<string> {
  let sum = 0n;
  const rows: AsyncIterable<object> = database.selectFrom(table).selectAll().stream();
  for await (const row of rows) sum = (sum + rowDigest(row)) % modulus;
  return sum.toString(16).padStart(64, '0');
}

function rowDigest(row: object): bigint {
  const cells = Object.entries(row as Readonly<Record<string, string | number | bigint | null>>)
    .map(([column, value]) => [column, value === null ? null : String(value)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return BigInt(`0x${createHash('sha256').update(JSON.stringify(cells)).digest('hex')}`);
}
