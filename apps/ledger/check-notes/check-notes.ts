import { performance } from 'node:perf_hooks';
import type { Metrics, HealthIndicator } from '#platform';
import type { Projections } from '../projections/projections.js';
import { realPause } from '#kernel';
import { NoteRaiser, type Look, type RaiserParts } from './note-raiser.js';

export interface CheckNotesParts extends Omit<RaiserParts, 'raised' | 'unfit'> {
  readonly projections: Pick<Projections, 'watch'>;
  readonly metrics: Metrics;
  /** told without content that somebody should look today */
  readonly urgent: (what: string) => void;
  /** told of what keeps notes from being raised */
  readonly troubled: (what: string, error: unknown) => void;
}

/** Milliseconds after which it looks again though nothing is due: the machine's clock may be set. */
const longestRest = 3_600_000;
/** Milliseconds before it tries again: doubled with each failure, up to the longest. */
const tryAgain = { first: 100, longest: 30_000 };
/**
 * After a look it rests for this many times as long: those who record feel nothing of it. The longest rest is for looks
 * that raise very many notes, and give way to others while they do.
 */
const breakAfter = { times: 10, longest: 10_000 };
/** Milliseconds of failures in a row after which it is not well. */
const patience = 30_000;

const nothingOwed: Look = { owed: 0, failure: null, due: null };

/**
 * Keeps check notes raised: when it starts, whenever the judgements have come further, and when something becomes due
 * without anything being recorded. Nothing that fails is dropped: it is owed until it is raised. What no entry can say is
 * told once; everything else goes on.
 */
export class CheckNotes {
  readonly #raiser: NoteRaiser;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #woken = Promise.withResolvers<void>();
  #look: Look = nothingOwed;
  #failures = 0;
  #failingSince: number | null = null;

  constructor(private readonly parts: CheckNotesParts) {
    const { metrics, projections, urgent, troubled } = parts;
    const count = metrics.counter('check_notes_raised_total');
    metrics.gauge('check_notes_owed', () => [[{}, this.#look.owed]]);
    metrics.gauge('check_notes_failing', () => [[{}, this.#failures]]);
    const raised: RaiserParts['raised'] = (severity) => {
      count({ severity });
      if (severity === 'urgent') urgent('an urgent check note was raised');
    };
    const countUnfit = metrics.counter('check_notes_unfit_total');
    const unfit: RaiserParts['unfit'] = (error) => {
      countUnfit({});
      troubled('a check note cannot be said as an entry and is not raised', error);
    };
    this.#raiser = new NoteRaiser({ ...parts, raised, unfit });
    projections.watch(() => this.#woken.resolve());
  }

  /** Raises what is owed by now, after days of downtime, too, and goes on until {@link stop}. */
  start(): void {
    this.#running = this.#run(this.#stopping.signal);
  }

  /** Returns when nothing is being raised any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** For health: not well once nothing could be raised for half a minute. */
  get health(): HealthIndicator {
    return {
      name: 'check-notes',
      check: () => {
        const failing = this.#failingSince === null ? 0 : performance.now() - this.#failingSince;
        if (failing > patience) throw new Error('check notes cannot be raised', { cause: this.#look.failure });
      },
    };
  }

  /** Looks once, whatever woke it. @returns milliseconds until it should look again by itself */
  async look(signal: AbortSignal = this.#stopping.signal): Promise<number> {
    this.#woken = Promise.withResolvers<void>();
    this.#look = await this.#raiser
      .raiseOwed(signal)
      .catch((failure: unknown) => ({ ...this.#look, failure: failure ?? new Error('unknown') }));
    const { failure, due } = this.#look;
    if (failure === null) {
      this.#failures = 0;
      this.#failingSince = null;
      return Math.min(due ?? longestRest, longestRest);
    }
    this.#failures += 1;
    this.#failingSince ??= performance.now();
    this.parts.troubled('check notes cannot be raised; they are tried again', failure);
    return Math.min(tryAgain.first * 2 ** (this.#failures - 1), tryAgain.longest);
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const begin = performance.now();
      const rest = await this.look(signal);
      await realPause(Math.min(breakAfter.times * (performance.now() - begin), breakAfter.longest), signal);
      // What fails is not tried at every entry that somebody else records.
      if (this.#failures > 0) await this.parts.pause(rest, signal);
      else await this.#rest(rest, signal);
    }
  }

  /** Until then, or until the judgements have come further. */
  async #rest(milliseconds: number, signal: AbortSignal): Promise<void> {
    const enough = new AbortController();
    const pause: Promise<void> = this.parts.pause(milliseconds, AbortSignal.any([signal, enough.signal]));
    await Promise.race([this.#woken.promise, pause]);
    enough.abort();
    await pause;
  }
}
