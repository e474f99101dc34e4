import { isUtf8 } from 'node:buffer';
import { createScanner, type JSONScanner } from 'jsonc-parser';
import { DomainError, type Fault } from '#kernel';
import type { JsonValue } from '#statement';

/** How many objects and arrays may stand inside each other. */
export const deepestNesting = 32;

const byteOrderMark = 0xfeff;
const plainInteger = /^-?(?:0|[1-9]\d*)$/;

interface Container {
  /** the names an object has so far; an array has none */
  readonly names: Set<string> | undefined;
  /** name or index of the member being read */
  place: string | number;
}

/**
 * Reads JSON that has one meaning only (RFC 8259 within the limits of RFC 7493, I-JSON): UTF-8 without byte order
 * mark, no name twice in an object nor `__proto__`, whole numbers within ±(2^53 − 1) written plainly (neither `1.0`
 * nor `1e3` nor `-0`), no lone surrogate, no U+0000, at most {@link deepestNesting} levels.
 *
 * @param line 1-based line of a batch; faults then name it
 * @throws DomainError `malformed-json`; faults say where and never repeat a value
 */
export function parseStrict(bytes: Uint8Array, line?: number): JsonValue {
  const refuse: Refuse = (pointer, detail) => {
    const fault: Fault = line === undefined ? { pointer, detail } : { pointer, detail, line };
    throw new DomainError('malformed-json', 'this is not JSON with one meaning', [fault]);
  };
  const text = decoded(bytes, refuse);
  const value = parsed(text, refuse);
  new Inspection(text, refuse).run();
  return value;
}

type Refuse = (pointer: string, detail: string) => never;

function decoded(bytes: Uint8Array, refuse: Refuse): string {
  if (!isUtf8(bytes)) return refuse('', 'not UTF-8');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.charCodeAt(0) === byteOrderMark ? refuse('', 'starts with a byte order mark') : text;
}

function parsed(text: string, refuse: Refuse): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    // The engine's message quotes the text; only its position may leave.
    const position = /position (\d+)/.exec(String(cause))?.[1] ?? String(text.length);
    return refuse('', `not JSON from character ${position} on`);
  }
}

/** A walk over the tokens of a text that is known to be JSON, without recursion: nesting cannot overflow the stack. */
class Inspection {
  private readonly scanner: JSONScanner;
  private readonly open: Container[] = [];
  private nameFollows = false;
  /** A valid text of UTF-8 can name a surrogate or U+0000 by an escape only. */
  private readonly hasEscapes: boolean;

  constructor(
    private readonly text: string,
    private readonly refuse: Refuse,
  ) {
    this.scanner = createScanner(text, true);
    this.hasEscapes = text.includes('\\u');
  }

  run(): void {
    const { scanner, text } = this;
    for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
      this.visit(text.charAt(scanner.getTokenOffset()));
    }
  }

  /** The first character of a JSON token tells its kind. */
  private visit(first: string): void {
    switch (first) {
      case '{':
        return this.enter({ names: new Set(), place: '' });
      case '[':
        return this.enter({ names: undefined, place: 0 });
      case '}':
      case ']':
        this.open.pop();
        return;
      case ',':
        return this.next();
      case '"':
        return this.nameFollows ? this.name(this.scanner.getTokenValue()) : this.string(this.scanner.getTokenValue());
      case ':':
      case 't':
      case 'f':
      case 'n':
        return;
      default:
        return this.number(this.scanner.getTokenValue());
    }
  }

  private enter(container: Container): void {
    if (this.open.length === deepestNesting) this.refuse(this.pointer(), `more than ${deepestNesting} levels deep`);
    this.open.push(container);
    this.nameFollows = container.names !== undefined;
  }

  private next(): void {
    const container = this.open.at(-1);
    if (container === undefined) return;
    this.nameFollows = container.names !== undefined;
    if (typeof container.place === 'number') container.place += 1;
  }

  private name(name: string): void {
    const container = this.open.at(-1);
    if (container?.names === undefined) return;
    this.nameFollows = false;
    container.place = name;
    this.string(name);
    if (name === '__proto__') this.refuse(this.pointer(), 'no field may have this name');
    if (container.names.has(name)) this.refuse(this.pointer(), 'stands twice in its object');
    container.names.add(name);
  }

  private string(value: string): void {
    if (!this.hasEscapes) return;
    if (!value.isWellFormed()) this.refuse(this.pointer(), 'holds a lone surrogate');
    if (value.includes('\0')) this.refuse(this.pointer(), 'holds U+0000');
  }

  private number(token: string): void {
    if (token === '-0' || !plainInteger.test(token) || !Number.isSafeInteger(Number(token))) {
      this.refuse(this.pointer(), 'not a whole number within ±(2^53 − 1) written without fraction or exponent');
    }
  }

  private pointer(): string {
    return this.open.map(({ place }) => `/${escaped(String(place))}`).join('');
  }
}

/** A reference token of RFC 6901; what cannot be shown as text is replaced. */
const escaped = (place: string): string => place.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1');
