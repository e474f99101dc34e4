#!/bin/bash
# Runs once, when a server of compose.yaml makes its database: a login role for each process, a member of the groups
# whose rights it needs and no other. The owner brings the layout up to date; no process runs as the owner.
set -euo pipefail

login() {
  local name=$1
  shift
  psql --set=ON_ERROR_STOP=1 --set=name="$name" --set=password="$(cat "/run/secrets/$name")" \
    --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
SQL
  for group in "$@"; do
    psql --set=ON_ERROR_STOP=1 --set=name="$name" --set=group="$group" \
      --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
SELECT format('CREATE ROLE %I NOLOGIN', :'group') WHERE to_regrole(:'group') IS NULL \gexec
GRANT :"group" TO :"name";
SQL
  done
}

# A ledger reads views; as a projector it takes out of them what is erased.
login ledger nachweis_ledger nachweis_reader nachweis_projector nachweis_vault_writer nachweis_keys_writer
login relay nachweis_vault_places
login projector nachweis_projector nachweis_vault_reader nachweis_keys_reader
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
REVOKE ALL ON SCHEMA public FROM PUBLIC;
SQL
