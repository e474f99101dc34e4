/** What backs up a cluster: its stores have better tools than this program. */
export const clusterTools = `this is a ledger of the cluster profile; back it up with the tools of its stores, in this order:
  1. NACHWEIS_EVENT_STORE: the backup of EventStoreDB or KurrentDB (copy of the data folder of one node, *.chk files
     first, or a snapshot of its disk). The log before the vault: then no leaf lacks its blocks.
  2. NACHWEIS_VAULT: pg_dump --format=custom --exclude-schema=nachweis_keys, as the owner: sealed blocks, blind index and
     claimed ids, but never the keys, even where one database holds both.
  3. NACHWEIS_VAULT_KEYS: pg_dump --format=custom --schema=nachweis_keys, as the owner, to another place, after the vault,
     kept for a shorter time: with an old vault beside them, old keys show again what was erased since. The list of
     destroyed keys prevents that: dump it alone, too, often, and keep the newest
     (pg_dump --format=custom --data-only --table=nachweis_keys.destroyed).
  4. The folder of the keys (NACHWEIS_KEYS): vault.key and assessments/ with the dump of the data keys, the others with
     the log.
  5. assessments/ of NACHWEIS_TRAILS with the log, after it: entries name some of them.
NACHWEIS_VIEWS and Kafka are derived: rebuild them (nachweis rebuild start) instead.`;
