import { Journal } from './journal.js';

export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly metadata: Buffer;
  readonly data: Buffer;
}

export interface RecordedEvent extends ProposedEvent {
  readonly stream: string;
  readonly number: number;
  /** place in `$all`; with gaps, as on the real server */
  readonly position: number;
}

export type ExpectedRevision = number | 'any' | 'no_stream' | 'stream_exists';

export type Judgement =
  | { readonly is: 'write' | 'idempotent'; readonly last: number }
  | { readonly is: 'wrong-version'; readonly current: number }
  | { readonly is: 'deleted' };

interface Stream {
  readonly events: RecordedEvent[];
  tombstoned: boolean;
}

type Packed = Omit<ProposedEvent, 'metadata' | 'data'> & { readonly metadata: string; readonly data: string };
type Frame =
  | { readonly kind: 'append'; readonly stream: string; readonly events: readonly Packed[] }
  | { readonly kind: 'tombstone'; readonly stream: string }
  | { readonly kind: 'change'; readonly stream: string; readonly number: number; readonly event: Packed };

/** `$tb` of a stream that was deleted softly. */
const softlyDeleted = Number(0x7fffffffffffffffn);
const positionsApart = 64;

const pack = ({ id, type, contentType, metadata, data }: ProposedEvent): Packed => ({
  id,
  type,
  contentType,
  metadata: metadata.toString('base64'),
  data: data.toString('base64'),
});
const unpack = ({ id, type, contentType, metadata, data }: Packed): ProposedEvent => ({
  id,
  type,
  contentType,
  metadata: Buffer.from(metadata, 'base64'),
  data: Buffer.from(data, 'base64'),
});

/** All streams of the peer: in memory, with every change in the journal first. */
export class StoredStreams {
  readonly all: RecordedEvent[] = [];
  readonly #streams = new Map<string, Stream>();
  readonly #byId = new Map<string, RecordedEvent>();
  readonly #waiting = new Set<() => void>();
  readonly #journal: Journal;

  constructor(file: string) {
    this.#journal = Journal.open(file, (frame) => this.#apply(frame as Frame));
  }

  /** The server's rules of optimistic concurrency and idempotency for an append of events with these ids. */
  judge(name: string, expected: ExpectedRevision, ids: readonly string[]): Judgement {
    const { events, tombstoned } = this.#stream(name);
    if (tombstoned) return { is: 'deleted' };
    const current = events.length - 1;
    const write = { is: 'write', last: current + ids.length } as const;
    const wrong = { is: 'wrong-version', current } as const;
    if (expected === 'any' || expected === 'stream_exists') {
      if (expected === 'stream_exists' && current < 0) return wrong;
      return this.#bestEffort(name, ids) ?? write;
    }
    const revision = expected === 'no_stream' ? -1 : expected;
    if (revision === current || (revision === -1 && this.isSoftlyDeleted(name))) return write;
    if (revision > current || ids.length === 0) return wrong;
    // All or nothing: an append whose events stand there only in part is as wrong as one of other events.
    const repeated = ids.every((id, place) => events[revision + 1 + place]?.id === id);
    return repeated ? { is: 'idempotent', last: revision + ids.length } : wrong;
  }

  append(name: string, events: readonly ProposedEvent[]): void {
    const revived = this.isSoftlyDeleted(name);
    const before = this.#stream(name).events.length;
    if (events.length > 0) this.#commit({ kind: 'append', stream: name, events: events.map(pack) });
    if (revived) this.setMetadata(name, { ...this.metadata(name), $tb: before });
  }

  tombstone(name: string): void {
    this.#commit({ kind: 'tombstone', stream: name });
  }

  deleteSoftly(name: string): void {
    this.setMetadata(name, { ...this.metadata(name), $tb: softlyDeleted });
  }

  truncate(name: string, before: number): void {
    this.setMetadata(name, { ...this.metadata(name), $tb: before });
  }

  setMetadata(name: string, metadata: Readonly<Record<string, unknown>>): void {
    const data = Buffer.from(JSON.stringify(metadata));
    const id = crypto.randomUUID();
    this.append(`$$${name}`, [
      { id, type: '$metadata', contentType: 'application/json', metadata: Buffer.alloc(0), data },
    ]);
  }

  /** Replaces a stored event in place: what nobody may do, and somebody with access to the disk can. */
  change(name: string, number: number, change: Partial<ProposedEvent>): void {
    const event = this.#stream(name).events[number];
    if (event === undefined) throw new Error(`${name} has no event ${number}`);
    this.#commit({ kind: 'change', stream: name, number, event: pack({ ...event, ...change }) });
  }

  isTombstoned(name: string): boolean {
    return this.#stream(name).tombstoned;
  }

  isSoftlyDeleted(name: string): boolean {
    return this.metadata(name)['$tb'] === softlyDeleted;
  }

  /** Whether readers find a stream of that name. */
  exists(name: string): boolean {
    return this.#stream(name).events.length > 0 && !this.isSoftlyDeleted(name);
  }

  /** Everything ever appended, also what readers do not see any more. The event number is the place. */
  events(name: string): readonly RecordedEvent[] {
    return this.#stream(name).events;
  }

  firstVisible(name: string): number {
    const { $tb: truncated = 0, $maxCount: most } = this.metadata(name);
    const kept = typeof most === 'number' ? this.#stream(name).events.length - most : 0;
    return Math.max(0, kept, Number(truncated));
  }

  metadata(name: string): Readonly<Record<string, unknown>> {
    const last = this.#streams.get(`$$${name}`)?.events.at(-1);
    return last === undefined ? {} : (JSON.parse(last.data.toString('utf8')) as Record<string, unknown>);
  }

  /** Resolves at the next change, whatever it is. */
  async changed(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  tearJournal(): void {
    this.#journal.tear();
  }

  #bestEffort(name: string, ids: readonly string[]): Judgement | undefined {
    const known = ids.map((id) => this.#byId.get(id)).filter((event) => event?.stream === name);
    if (known.length === 0) return undefined;
    const last = known.at(-1)?.number ?? -1;
    return known.length === ids.length
      ? { is: 'idempotent', last }
      : { is: 'wrong-version', current: this.#stream(name).events.length - 1 };
  }

  #commit(frame: Frame): void {
    this.#journal.write(frame);
    this.#apply(frame);
    for (const wake of this.#waiting) wake();
  }

  #apply(frame: Frame): void {
    const stream = this.#stream(frame.stream);
    if (frame.kind === 'tombstone') {
      stream.tombstoned = true;
    } else if (frame.kind === 'append') {
      for (const event of frame.events) this.#add(frame.stream, stream, unpack(event));
    } else {
      const old = stream.events[frame.number];
      if (old === undefined) return;
      const changed = { ...old, ...unpack(frame.event) };
      stream.events[frame.number] = changed;
      this.all[this.all.indexOf(old)] = changed;
    }
  }

  #add(name: string, stream: Stream, event: ProposedEvent): void {
    const position = (this.all.length + 1) * positionsApart;
    const recorded = { ...event, stream: name, number: stream.events.length, position };
    stream.events.push(recorded);
    this.all.push(recorded);
    this.#byId.set(event.id, recorded);
  }

  #stream(name: string): Stream {
    const stream = this.#streams.get(name) ?? { events: [], tombstoned: false };
    this.#streams.set(name, stream);
    return stream;
  }
}
