import type { JsonObject, JsonValue } from '#statement';

type Step = string | number;

/**
 * A record of another system while it is read. It remembers which of its fields were taken, so that an import can say
 * what it left behind: by place, never by value.
 */
export class SourceRecord {
  readonly #taken = new Set<string>();
  /** places below which something was taken */
  readonly #entered = new Set<string>();

  constructor(private readonly root: JsonObject) {}

  /** What stands at a place, whatever it is. Not yet taken. */
  at(...path: readonly Step[]): JsonValue | undefined {
    return path.reduce<JsonValue | undefined>((value, step) => memberOf(value, step), this.root);
  }

  /** How many elements the list at a place has; 0 where there is none. */
  count(...path: readonly Step[]): number {
    const value = this.at(...path);
    return isList(value) ? value.length : 0;
  }

  /** The text at a place without being taken, trimmed; undefined where there is none. */
  peek(...path: readonly Step[]): string | undefined {
    const value = this.at(...path);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  }

  /**
   * Takes the text at a place.
   *
   * @param longest a longer text stays where it is: half a reference points elsewhere
   */
  take(longest: number, ...path: readonly Step[]): string | undefined {
    const text = this.peek(...path);
    if (text === undefined || text.length > longest) return undefined;
    this.use(...path);
    return text;
  }

  /** Says that a place was understood: what is below it is not left behind. */
  use(...path: readonly Step[]): void {
    this.#taken.add(pointer(path));
    for (let depth = 1; depth < path.length; depth += 1) this.#entered.add(pointer(path.slice(0, depth)));
  }

  /**
   * JSON pointers (RFC 6901) of what was not taken, a whole branch by its root. At most 100: a hostile record may have
   * any number.
   */
  leftBehind(): readonly string[] {
    const left: string[] = [];
    this.#collect(this.root, [], left);
    return left;
  }

  #collect(value: JsonValue, path: readonly Step[], left: string[]): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      const place = pointer([...path, name]);
      if (left.length >= mostListed) return;
      if (this.#taken.has(place)) continue;
      if (this.#entered.has(place)) this.#collect(member, [...path, name], left);
      else left.push(place);
    }
  }
}

const mostListed = 100;

const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

function memberOf(value: JsonValue | undefined, step: Step): JsonValue | undefined {
  if (typeof step === 'number') return isList(value) ? value[step] : undefined;
  if (typeof value !== 'object' || value === null || isList(value)) return undefined;
  return Object.hasOwn(value, step) ? value[step] : undefined;
}

const pointer = (path: readonly Step[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
