/** Below it, everybody may create tables beside ours, and roles are not as this code needs them. */
const oldest = 15;

/** What has to be known of a server before it is used. */
export interface ServerFacts {
  /** as PostgreSQL numbers it, 150004 for 15.4 */
  readonly version: number;
  /** of the database */
  readonly encoding: string;
}

/** The columns of {@link ServerFacts}, for a SELECT. */
export const serverFacts = `current_setting('server_version_num')::integer AS version,
  current_setting('server_encoding') AS encoding`;

/** Why neither vault nor views can be kept there, in words; null when they can. */
export function unfitServer({ version, encoding }: ServerFacts): string | null {
  const major = Math.floor(version / 10_000);
  if (major < oldest) return `the server is PostgreSQL ${major}, ${oldest} is the oldest`;
  return encoding === 'UTF8' ? null : `the database is encoded in ${encoding}, not in UTF8`;
}
