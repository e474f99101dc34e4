import type { FoundEntries, SearchResults } from './searches.js';

const mostHandles = 1_000;

/** For a ledger of one process: results are gone when it ends. */
export function resultsInMemory(): SearchResults {
  const results = new Map<string, FoundEntries>();
  return {
    keep: async (search, found) => {
      results.set(search, found);
      const [oldest] = results.keys();
      if (results.size > mostHandles && oldest !== undefined) results.delete(oldest);
    },
    find: async (search) => results.get(search),
  };
}
