import type { EntryBody } from '#catalogue';
import type { AgencyId } from '#kernel';

/** An entry on its way, and the agency in whose name it is sent. */
export interface Parcel {
  readonly agency: AgencyId;
  readonly body: EntryBody;
}

export interface DeliveryOptions<P extends Parcel> {
  /** sends parcels of one agency in one submission */
  readonly send: (agency: AgencyId, parcels: readonly P[]) => Promise<void>;
  /** submissions on their way at once */
  readonly concurrency: number;
  /** parcels in one submission, at most */
  readonly batch: number;
  /** parcels held in memory, at most */
  readonly window: number;
}

/**
 * Sends entries as fast as their order allows: an entry leaves only when the one before it in its exchange has arrived,
 * since an exchange's first entries name who may speak in it. Entries of different exchanges overtake each other.
 *
 * @throws what `send` throws; what is on its way then is still waited for
 */
export async function deliver<P extends Parcel>(
  parcels: Iterable<P> | AsyncIterable<P>,
  options: DeliveryOptions<P>,
): Promise<void> {
  const { send, concurrency, batch: limit } = options;
  const desk = new Desk(parcels, options.window);
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const depart = (agency: AgencyId, batch: readonly P[]): void => {
    const trip = send(agency, batch)
      .then(() => desk.arrived(batch))
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(trip));
    underWay.add(trip);
  };
  for (;;) {
    if (failures.length === 0) await desk.fill();
    while (failures.length === 0 && underWay.size < concurrency) {
      const batch = desk.take(limit);
      if (batch === undefined) break;
      depart(batch.agency, batch.parcels);
    }
    if (underWay.size === 0) break;
    await Promise.race(underWay);
  }
  if (failures.length > 0) throw failures[0];
}

/** Holds a window of parcels and knows which may leave. */
class Desk<P extends Parcel> {
  readonly #source: Iterator<P> | AsyncIterator<P>;
  /** by exchange, what waits until the parcel before it has arrived */
  readonly #queues = new Map<string, P[]>();
  readonly #ready = new Map<AgencyId, P[]>();
  #held = 0;

  constructor(
    parcels: Iterable<P> | AsyncIterable<P>,
    private readonly window: number,
  ) {
    this.#source = Symbol.asyncIterator in parcels ? parcels[Symbol.asyncIterator]() : parcels[Symbol.iterator]();
  }

  async fill(): Promise<void> {
    while (this.#held < this.window) {
      const { done, value } = await this.#source.next();
      if (done === true) return;
      this.#held += 1;
      const { exchange } = value.body;
      const queue = exchange === undefined ? undefined : this.#queues.get(exchange);
      if (queue) queue.push(value);
      else this.#release(value);
    }
  }

  /** Parcels of the agency that has most ready. */
  take(limit: number): { agency: AgencyId; parcels: P[] } | undefined {
    const [most] = [...this.#ready].toSorted(([, one], [, other]) => other.length - one.length);
    if (most === undefined) return undefined;
    const [agency, ready] = most;
    const parcels = ready.splice(0, limit);
    if (ready.length === 0) this.#ready.delete(agency);
    return { agency, parcels };
  }

  arrived(parcels: readonly P[]): void {
    this.#held -= parcels.length;
    for (const { body } of parcels) {
      if (body.exchange === undefined) continue;
      const next = this.#queues.get(body.exchange)?.shift();
      if (next) this.#release(next);
      else this.#queues.delete(body.exchange);
    }
  }

  #release(parcel: P): void {
    const { exchange } = parcel.body;
    if (exchange !== undefined && !this.#queues.has(exchange)) this.#queues.set(exchange, []);
    const ready = this.#ready.get(parcel.agency);
    if (ready) ready.push(parcel);
    else this.#ready.set(parcel.agency, [parcel]);
  }
}
