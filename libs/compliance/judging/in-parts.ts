const atOnce = 512;

/** Asks about many ids with few statements. */
export async function inParts<Id extends string | number, Row>(
  all: Iterable<Id>,
  ask: (ids: readonly Id[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const ids of partsOfIds(all)) for (const row of await ask(ids)) rows.push(row);
  return rows;
}

/** The same in lists of a length, the last one shorter. */
export const inLists = <One>(all: readonly One[], length: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.ceil(all.length / length) }, (_, place) => all.slice(place * length, (place + 1) * length));

/**
 * Ids in lists below the least number of parameters a statement may have. They are filled up with their first one to
 * few lengths: equal lengths make equal statements, which the driver prepares once.
 */
export function partsOfIds<Id extends string | number>(all: Iterable<Id>): readonly (readonly Id[])[] {
  const ids = [...new Set(all)];
  const parts: (readonly Id[])[] = [];
  for (let at = 0; at < ids.length; at += atOnce) {
    const part = ids.slice(at, at + atOnce);
    const [first] = part;
    const length = 2 ** Math.ceil(Math.log2(part.length));
    parts.push(first === undefined ? part : [...part, ...Array.from({ length: length - part.length }, () => first)]);
  }
  return parts;
}
