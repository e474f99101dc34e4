import type { Projection } from '../projection.js';

/** A projection that fails at an entry for as long as it is told to. */
export function breakable(name: string): {
  projection: Projection;
  fail: (at: number | null, error?: Error) => void;
  seen: number[];
} {
  let broken: number | null = null;
  let failure = new TypeError('what the entry holds');
  const seen: number[] = [];
  const projection: Projection = {
    name,
    version: 1,
    order: 'exchange',
    tables: [],
    migrate: async () => {},
    erase: async () => {},
    async apply(_, stretch) {
      const fresh: number[] = [];
      for await (const entries of stretch) fresh.push(...entries.map(({ index }) => index));
      if (fresh.some((index) => index === broken)) throw failure;
      seen.push(...fresh);
    },
  };
  return {
    projection,
    seen,
    fail(at, error = failure) {
      broken = at;
      failure = error;
    },
  };
}
