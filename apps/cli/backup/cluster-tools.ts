/** What backs up a cluster: its stores have better tools than this program. */
export const clusterTools = `this is a ledger of the cluster profile; back it up with the tools of its stores, in this order:
  1. NACHWEIS_EVENT_STORE: the backup of EventStoreDB or KurrentDB (copy of the data folder of one node, *.chk files
     first, or a snapshot of its disk). The log before the vault: then no leaf lacks its blocks.
  2. NACHWEIS_VAULT: pg_dump --format=custom of the whole database: sealed blocks and blind index.
  3. NACHWEIS_VAULT_KEYS: pg_dump --format=custom of the whole database, to another place, after the vault, kept for a
     shorter time: with an old vault beside them, old keys show again what was erased since.
  4. The folder of the keys (NACHWEIS_KEYS): vault.key with the dump of the data keys, the others with the log.
NACHWEIS_VIEWS and Kafka are derived: rebuild them (nachweis rebuild start) instead.`;
