import { Pool, types, type CustomTypesConfig, type PoolConfig } from 'pg';
import { hostOf, poolConfigOf, type PostgresAddress } from '#postgres';
import { refusalOf } from './unusable-views.js';

/** JSON is text, as in the other database. Everything else is read as the address says. */
const withJsonAsText = ({ types: others = types, ...config }: PoolConfig): PoolConfig => ({
  ...config,
  types: {
    getTypeParser: (type, format) =>
      type === types.builtins.JSON ? (value: string) => value : others.getTypeParser(type, format),
  } satisfies CustomTypesConfig,
});

/**
 * Connections to a database of views, made when they are needed.
 *
 * @param settings of each session, by the server's names
 * @returns them, and the host as errors name it
 * @throws UnusableViews for an address that is none
 */
export function viewsPool(
  address: PostgresAddress,
  applicationName: string,
  settings: Readonly<Record<string, string | number>>,
  limits: Pick<PoolConfig, 'max' | 'query_timeout'> = {},
): { readonly pool: Pool; readonly host: string } {
  try {
    const host = hostOf(address);
    const pool = new Pool({ ...withJsonAsText(poolConfigOf(address, applicationName, settings)), ...limits });
    // An idle connection that breaks is replaced when the next one is needed; there is nobody yet to be told.
    pool.on('error', () => {});
    // One in use tells whoever uses it, by the statement that fails.
    pool.on('connect', (client) => client.on('error', () => {}));
    return { pool, host };
  } catch (error) {
    throw refusalOf('their address', error);
  }
}
