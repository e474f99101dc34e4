import { sql, type Expression, type SqlBool } from 'kysely';

/** Whether a text is one of these. Of none it never is, which not every database lets one write as a list. */
export const oneOf = (text: Expression<string>, values: readonly string[]): Expression<SqlBool> =>
  values.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${text} in (${sql.join(values)})`;
