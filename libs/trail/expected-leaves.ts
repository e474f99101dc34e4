import { leafIndex, type LeafIndex } from '#kernel';
import { parseDecimal } from '#transparency';
import type { Archive } from './archive.js';
import { linesOf, LineTooLong } from './keyed-lines.js';
import { type TrailRange, trailFiles } from './layout.js';
import type { Findings } from './report.js';
import type { TileTree } from './tile-check.js';

/** Which leaves are to come, in order. */
export interface ExpectedLeaves {
  readonly first: LeafIndex | undefined;
  /** how many in all */
  readonly count: number;
  after(index: LeafIndex): LeafIndex | undefined;
  /** Where a leaf with this hash comes later, near `index`; `undefined` when it is not there. */
  find(leafHash: Buffer, index: LeafIndex): LeafIndex | undefined;
}

/** Every leaf of the range. */
export function wholeRange({ from, to }: TrailRange, tree: TileTree): ExpectedLeaves {
  const within = (index: number): LeafIndex | undefined => (index < to ? leafIndex(index) : undefined);
  return {
    first: within(from),
    count: to - from,
    after: (index) => within(index + 1),
    find: (hash, index) => {
      const found = tree.find(hash, index);
      return found === undefined ? undefined : within(found);
    },
  };
}

/** The most leaves a trail of selected ones is read with: they are kept in memory. */
const mostSelected = 1_000_000;
const lineForm = /^(\d{1,15})\t([0-9a-f]{64})\t\d{1,15}$/;

/** The leaves a trail says were selected. Which ones should have been, it cannot prove. */
export class SelectedLeaves implements ExpectedLeaves {
  readonly #places: ReadonlyMap<LeafIndex, number>;
  readonly #byHash: ReadonlyMap<string, LeafIndex>;

  private constructor(private readonly listed: readonly { readonly index: LeafIndex; readonly hash: string }[]) {
    this.#places = new Map(listed.map(({ index }, place) => [index, place]));
    this.#byHash = new Map(listed.map(({ index, hash }) => [hash, index]));
  }

  /** Reads `index.tsv`. What is wrong with it is a finding. */
  static listedIn(archive: Archive, range: TrailRange, findings: Findings): SelectedLeaves {
    const listed: { index: LeafIndex; hash: string }[] = [];
    const where = { file: trailFiles.index };
    for (const line of indexLines(archive, findings)) {
      const [, digits = '', hash = ''] = lineForm.exec(line.toString('latin1')) ?? [];
      const index = parseDecimal(digits);
      if (index === undefined || index < range.from || index >= range.to || index <= (listed.at(-1)?.index ?? -1)) {
        findings.add('tampered', 'The line is malformed, out of order or beyond the range.', where);
      } else if (listed.length < mostSelected) listed.push({ index: leafIndex(index), hash });
      else {
        findings.add('unverifiable', `More than ${mostSelected} entries were selected.`, where);
        break;
      }
    }
    if (listed.length !== range.selected) {
      const what = `The file lists ${listed.length} entries, ${range.selected} were selected.`;
      findings.add(listed.length < (range.selected ?? 0) ? 'incomplete' : 'tampered', what, where);
    }
    return new SelectedLeaves(listed);
  }

  get indexes(): Iterable<LeafIndex> {
    return this.#places.keys();
  }

  get first(): LeafIndex | undefined {
    return this.listed[0]?.index;
  }

  get count(): number {
    return this.listed.length;
  }

  after(index: LeafIndex): LeafIndex | undefined {
    return this.listed[(this.#places.get(index) ?? this.listed.length) + 1]?.index;
  }

  find(leafHash: Buffer, index: LeafIndex): LeafIndex | undefined {
    const found = this.#byHash.get(leafHash.toString('hex'));
    return found !== undefined && found > index ? found : undefined;
  }
}

const longestLine = 200;

function* indexLines(archive: Archive, findings: Findings): Generator<Buffer> {
  const file = archive.files.get(trailFiles.index);
  if (file === undefined) return;
  try {
    // A last line that is cut short is found when the lines are compared with the entries.
    yield* linesOf(archive, file, longestLine, () => undefined);
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error;
    findings.add('tampered', `The file holds ${error.message}.`, { file: trailFiles.index });
  }
}
