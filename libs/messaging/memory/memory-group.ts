import { topics, type TopicName } from '../record-stream.js';

/** Who takes part: starts following a partition, and answers what waits for its end. */
export type Follow = (partition: number, signal: AbortSignal) => Promise<void>;

interface Turn {
  readonly owner: Follow;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** Shares the partitions of a topic among its members. A partition changes hands when its last batch is done. */
export class MemoryGroup {
  readonly #members: Follow[] = [];
  readonly #turns = new Map<number, Turn>();
  readonly #partitions: readonly number[];
  #shared = Promise.resolve();

  constructor(topic: TopicName) {
    this.#partitions = Array.from({ length: topics[topic].partitions }, (_, partition) => partition);
  }

  join(member: Follow): Promise<void> {
    this.#members.push(member);
    return this.#share();
  }

  leave(member: Follow): Promise<void> {
    this.#members.splice(this.#members.indexOf(member), 1);
    return this.#share();
  }

  #share(): Promise<void> {
    this.#shared = this.#shared.then(() => this.#rebalance());
    return this.#shared;
  }

  async #rebalance(): Promise<void> {
    const owners = [...this.#members];
    const moving = this.#partitions.filter(
      (partition) => this.#turns.get(partition)?.owner !== owners[partition % owners.length],
    );
    const ending = moving.flatMap((partition) => this.#turns.get(partition) ?? []);
    for (const { stop } of ending) stop.abort();
    await Promise.all(ending.map(({ ended }) => ended));
    for (const partition of moving) {
      this.#turns.delete(partition);
      const owner = owners[partition % owners.length];
      if (owner === undefined) continue;
      const stop = new AbortController();
      this.#turns.set(partition, { owner, stop, ended: owner(partition, stop.signal) });
    }
  }
}
