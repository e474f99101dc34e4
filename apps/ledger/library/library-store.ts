import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import { isUuid } from '#kernel';
import type { Contribution } from '#compliance/library';

/** A contribution as it lies in the library. Its id is random: it tells neither who put it there nor after what. */
export interface KeptContribution extends Contribution {
  readonly id: string;
  /** like `2026-Q4` */
  readonly quarter: string;
}

/** The library of good practice: a file each, in a folder that all ledgers of a cluster share. Nothing else is kept. */
export class LibraryStore {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  add(contribution: Contribution, quarter: string): KeptContribution {
    const kept: KeptContribution = { id: randomUUID(), quarter, ...contribution };
    const file = this.#file(kept.id);
    writeFileSync(`${file}.draft`, JSON.stringify(kept), { mode: 0o600, flush: true });
    // The day would be told by the file itself.
    const begin = beginOf(quarter);
    utimesSync(`${file}.draft`, begin, begin);
    renameSync(`${file}.draft`, file);
    return kept;
  }

  find(id: string): KeptContribution | undefined {
    if (!isUuid(id)) return undefined;
    try {
      return JSON.parse(readFileSync(this.#file(id), 'utf8')) as KeptContribution;
    } catch (error) {
      // Never there, or removed a moment ago.
      if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Newest quarter first, and within it in no order that means anything. */
  all(): readonly KeptContribution[] {
    return readdirSync(this.folder)
      .flatMap((name) => (name.endsWith('.json') ? (this.find(name.slice(0, -'.json'.length)) ?? []) : []))
      .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  }

  /** @returns false when there was none */
  remove(id: string): boolean {
    if (this.find(id) === undefined) return false;
    rmSync(this.#file(id), { force: true });
    return true;
  }

  #file = (id: string): string => join(this.folder, `${id}.json`);
}

/** Where it stands in the list: sorts newest quarters first as text. */
export const placeOf = ({ quarter, id }: KeptContribution): string =>
  `${99_999 - Number(quarter.replace('-Q', ''))} ${id}`;

const beginOf = (quarter: string): Date =>
  new Date(Date.UTC(Number(quarter.slice(0, 4)), (Number(quarter.at(-1)) - 1) * 3));
