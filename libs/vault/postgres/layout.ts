/** The lock of each half of a vault: stores share it, whoever needs all of them to be over takes it alone. */
export const lockOf = (half: 'blocks' | 'keys'): string => `hashtextextended('nachweis_vault ${half}', 0)`;

/** Held by whoever makes keys and blocks, from before the keys are made until the blocks are committed. */
export const sharing = `SELECT pg_advisory_xact_lock_shared(${lockOf('blocks')})`;

/** Held by whoever changes the layout of a schema, until it disconnects. */
export const migrationLock = ({ schema }: Layout): string =>
  `SELECT pg_advisory_lock(hashtextextended('${schema} layout', 0))`;

/** What a schema of a vault is made of: steps that are only ever added to, and who may do what. */
export interface Layout {
  readonly schema: string;
  /** what each layout adds to the one before it */
  readonly steps: readonly string[];
  readonly roles: readonly string[];
  /** granted anew at each migration, since a restored copy may have come without */
  readonly grants: string;
}

/** Made where it is missing only: making it anew would hold up everybody who reads blocks. */
const policy = (name: string, what: string): string => `
    DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = 'nachweis_vault.blocks'::regclass AND polname = '${name}')
      THEN CREATE POLICY ${name} ON nachweis_vault.blocks ${what}; END IF;
    END $$;`;

export const blockLayout: Layout = {
  schema: 'nachweis_vault',
  steps: [
    `
    CREATE TABLE nachweis_vault.vault (
      one boolean PRIMARY KEY DEFAULT true CHECK (one), id uuid NOT NULL, origin text NOT NULL,
      layout integer NOT NULL, swept bigint NOT NULL DEFAULT 0);
    CREATE SEQUENCE nachweis_vault.stored_id;
    CREATE TABLE nachweis_vault.stored (
      id bigint PRIMARY KEY DEFAULT nextval('nachweis_vault.stored_id'), entry uuid NOT NULL, agency text NOT NULL,
      exchange uuid, expected bigint NOT NULL);
    CREATE INDEX stored_by_entry ON nachweis_vault.stored (entry);
    CREATE INDEX stored_by_exchange ON nachweis_vault.stored (exchange) WHERE exchange IS NOT NULL;
    CREATE TABLE nachweis_vault.blocks (
      stored bigint NOT NULL, block text NOT NULL, entry uuid NOT NULL, retention text NOT NULL, digest text NOT NULL,
      key uuid, sealed bytea, PRIMARY KEY (stored, block), UNIQUE (entry, digest),
      CHECK ((key IS NULL) = (sealed IS NULL)));
    CREATE INDEX blocks_by_key ON nachweis_vault.blocks (key) WHERE key IS NOT NULL;
    ALTER TABLE nachweis_vault.blocks ALTER COLUMN sealed SET STORAGE EXTERNAL;
    ALTER TABLE nachweis_vault.blocks ENABLE ROW LEVEL SECURITY;
    CREATE TABLE nachweis_vault.tokens (
      token bytea NOT NULL, stored bigint NOT NULL, PRIMARY KEY (token, stored));
    CREATE INDEX tokens_by_stored ON nachweis_vault.tokens (stored);
    CREATE TABLE nachweis_vault.doomed (key uuid PRIMARY KEY)`,
  ],
  roles: ['nachweis_vault_writer', 'nachweis_vault_reader', 'nachweis_vault_places'],
  grants: `
    GRANT USAGE ON SCHEMA nachweis_vault TO nachweis_vault_writer, nachweis_vault_reader, nachweis_vault_places;
    GRANT SELECT ON nachweis_vault.vault TO nachweis_vault_writer, nachweis_vault_reader, nachweis_vault_places;
    GRANT UPDATE (swept) ON nachweis_vault.vault TO nachweis_vault_writer;
    GRANT USAGE, SELECT ON SEQUENCE nachweis_vault.stored_id TO nachweis_vault_writer;
    GRANT SELECT, INSERT, DELETE, UPDATE (expected) ON nachweis_vault.stored TO nachweis_vault_writer;
    GRANT SELECT, INSERT, DELETE, UPDATE (key, sealed) ON nachweis_vault.blocks TO nachweis_vault_writer;
    GRANT SELECT, INSERT, DELETE ON nachweis_vault.tokens, nachweis_vault.doomed TO nachweis_vault_writer;
    GRANT SELECT ON nachweis_vault.blocks TO nachweis_vault_reader;
    GRANT SELECT (id, entry, exchange) ON nachweis_vault.stored TO nachweis_vault_reader, nachweis_vault_places;
    GRANT SELECT (stored, block, entry, digest) ON nachweis_vault.blocks TO nachweis_vault_places;
    ${policy('writes', 'FOR ALL TO nachweis_vault_writer USING (true) WITH CHECK (true)')}
    ${policy('reads_terms', `FOR SELECT TO nachweis_vault_reader USING (block = 'terms')`)}
    ${policy('places', 'FOR SELECT TO nachweis_vault_places USING (true)')}`,
};

export const keyLayout: Layout = {
  schema: 'nachweis_keys',
  steps: [
    `
    CREATE TABLE nachweis_keys.vault (
      one boolean PRIMARY KEY DEFAULT true CHECK (one), id uuid NOT NULL, origin text NOT NULL,
      layout integer NOT NULL, proof bytea, swept bigint NOT NULL DEFAULT 0);
    CREATE TABLE nachweis_keys.data_keys (
      id uuid PRIMARY KEY, made bigint GENERATED ALWAYS AS IDENTITY UNIQUE, wrapped bytea NOT NULL)
      WITH (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0);
    CREATE TABLE nachweis_keys.destroyed (id uuid PRIMARY KEY);
    CREATE TABLE nachweis_keys.index_keys (agency text PRIMARY KEY, wrapped bytea NOT NULL)`,
  ],
  roles: ['nachweis_keys_writer', 'nachweis_keys_reader'],
  grants: `
    GRANT USAGE ON SCHEMA nachweis_keys TO nachweis_keys_writer, nachweis_keys_reader;
    GRANT SELECT ON nachweis_keys.vault TO nachweis_keys_writer, nachweis_keys_reader;
    GRANT UPDATE (swept) ON nachweis_keys.vault TO nachweis_keys_writer;
    GRANT SELECT, INSERT, DELETE ON nachweis_keys.data_keys TO nachweis_keys_writer;
    GRANT SELECT, INSERT ON nachweis_keys.index_keys, nachweis_keys.destroyed TO nachweis_keys_writer;
    GRANT SELECT ON nachweis_keys.data_keys, nachweis_keys.destroyed TO nachweis_keys_reader`,
};
