import type { Endpoint } from './options.js';

/** Where a fault strikes. */
export type FaultPoint = 'append' | 'batch-append' | 'read' | 'subscribe' | 'features' | 'gossip';

/**
 * What goes wrong. Before anything is done: `unavailable`, `not-leader`, `denied`, `silent` (no answer until the
 * caller's deadline), `delay`, `kill`. With the write: `disk-full`. After the write, which is durable: `drop-reply`
 * (the caller sees a lost connection), `lose-reply` (the caller sees nothing), `kill-after`, `tear` (as `kill-after`,
 * with a torn frame behind it). In a subscription, after `after` events: `break`, `kill-after`, `end`.
 */
export type FaultKind =
  | 'unavailable'
  | 'not-leader'
  | 'denied'
  | 'silent'
  | 'delay'
  | 'kill'
  | 'disk-full'
  | 'drop-reply'
  | 'lose-reply'
  | 'kill-after'
  | 'tear'
  | 'break'
  | 'end';

export interface Fault {
  readonly at: FaultPoint;
  readonly what: FaultKind;
  /** calls that are hit; 1 unless said otherwise */
  readonly times?: number;
  /** calls that pass before */
  readonly skip?: number;
  /** only calls on this stream */
  readonly stream?: string;
  /** of `delay` */
  readonly milliseconds?: number;
  /** events a subscription delivers before */
  readonly after?: number;
  /** who `not-leader` says the leader is */
  readonly leader?: Endpoint;
}

interface Pending {
  readonly fault: Fault;
  skip: number;
  times: number;
}

/** Switches that make the peer fail on purpose. */
export class Faults {
  #pending: Pending[] = [];

  add(fault: Fault): void {
    this.#pending.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The fault that strikes this call, if any. */
  strike(at: FaultPoint, stream?: string): Fault | undefined {
    const pending = this.#pending.find(
      ({ fault }) => fault.at === at && (fault.stream === undefined || fault.stream === stream),
    );
    if (pending === undefined) return undefined;
    if (pending.skip > 0) {
      pending.skip -= 1;
      return undefined;
    }
    pending.times -= 1;
    if (pending.times === 0) this.#pending = this.#pending.filter((other) => other !== pending);
    return pending.fault;
  }
}

/** SIGKILL: nothing is finished, nothing is said. */
export function killed(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable: the process is gone');
}
