import { sql, type RawBuilder } from 'kysely';

/** The schema that says which ledger this database is of and which generation of views is read. */
export const controlSchema = 'nachweis_control';

/** Group roles: nobody logs in as one of them. The operator makes login roles and grants them membership. */
export const readerRole = 'nachweis_reader';
export const projectorRole = 'nachweis_projector';

/**
 * What has been changed in the control schema so far, in order. Steps are added, never changed or taken back; the
 * number of the last one is the layout a database has.
 */
export const layoutSteps: readonly RawBuilder<unknown>[] = [
  sql`
CREATE TABLE nachweis_control.generation (
  number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('building', 'active', 'retired')),
  replaced integer REFERENCES nachweis_control.generation ON DELETE SET NULL
);
CREATE UNIQUE INDEX generation_active ON nachweis_control.generation (state) WHERE state = 'active';

CREATE TABLE nachweis_control.generation_projection (
  generation integer NOT NULL REFERENCES nachweis_control.generation ON DELETE CASCADE,
  name text NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (generation, name)
);

-- A setting that was made for a transaction is empty after it, not absent.
CREATE FUNCTION nachweis_control.own_agency() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('nachweis.agency', true), '') $$;

CREATE FUNCTION nachweis_control.competent_for() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('nachweis.competent', true), '')::text[] $$;

CREATE FUNCTION nachweis_control.enter(agency text, competent text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  active integer;
BEGIN
  SELECT number INTO active FROM nachweis_control.generation WHERE state = 'active';
  IF active IS NULL THEN
    RAISE EXCEPTION 'no generation of views is active' USING ERRCODE = 'cannot_connect_now';
  END IF;
  PERFORM set_config('search_path', 'views_' || active, true);
  PERFORM set_config('nachweis.agency', coalesce(agency, ''), true);
  PERFORM set_config('nachweis.competent', coalesce(competent::text, ''), true);
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA nachweis_control FROM PUBLIC;
GRANT USAGE ON SCHEMA nachweis_control TO nachweis_reader, nachweis_projector;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA nachweis_control TO nachweis_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA nachweis_control TO nachweis_reader, nachweis_projector;`,
  sql`
-- When somebody looks, as the ledger's clock says.
CREATE FUNCTION nachweis_control.now() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('nachweis.now', true), '') $$;

-- What is hidden until a day is so until the day is over in the network's usual calendar.
CREATE FUNCTION nachweis_control.today() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT ((nachweis_control.now()::timestamptz AT TIME ZONE 'Europe/Berlin')::date)::text $$;

CREATE FUNCTION nachweis_control.enter(agency text, competent text[], moment text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM nachweis_control.enter(agency, competent);
  PERFORM set_config('nachweis.now', moment, true);
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA nachweis_control FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA nachweis_control TO nachweis_reader;`,
];
