import { realPause, type Offset, type Pause } from '#kernel';
import { topics, type LeafMac, type RecordStream } from '#messaging';
import type { Vault } from '#vault';
import { unobserved, type FoldObserver } from './fold-observer.js';
import { ForeignViews, PartitionFold } from './partition-fold.js';
import { PartitionRun, type Trouble } from './partition-run.js';
import type { Projection } from './projection.js';
import type { PoisonPolicy } from './quarantine.js';
import { readPositions } from './saved-positions.js';
import { Serial } from './serial.js';
import type { Views } from './views.js';

const topic = 'ledger.entries.v1';
const { partitions } = topics[topic];

export interface RecordProjectorPorts {
  readonly stream: Pick<RecordStream, 'consume'>;
  readonly vault: Pick<Vault, 'open' | 'exchangesOf'>;
  /** one generation of views */
  readonly views: Views;
  /** of the ledger whose leaves are folded; others are foreign */
  readonly origin: string;
  /** by which its relay vouches for its records */
  readonly mac: LeafMac;
  /** shared by all processes that fold this generation: they share its partitions */
  readonly group: string;
  /** by the projection's name; `halt` where it says nothing */
  readonly policies?: Readonly<Record<string, PoisonPolicy>>;
  readonly pause?: Pause;
  readonly observer?: FoldObserver;
}

/** How a projection is doing in this process. The worst of its partitions decides. */
export interface RecordProjectorState {
  readonly name: string;
  readonly status: 'running' | Trouble['status'];
  readonly failure: string | null;
  /** partitions it does not go on in */
  readonly stuck: readonly number[];
}

/**
 * Keeps one generation of views up to date from the record stream. Several processes share the work by partitions;
 * which one folds what is settled by the stream's group and, should two believe in the same, by the database.
 */
export class RecordProjector {
  readonly #control = new Serial();
  readonly #names: readonly string[];
  #runs: readonly PartitionRun[];
  #stopping = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  /** @throws RangeError for a projection that needs the order of the whole log: a partition has none */
  constructor(
    private readonly projections: readonly Projection[],
    private readonly ports: RecordProjectorPorts,
  ) {
    const unfit = projections.find(({ order }) => order === 'log');
    if (unfit) throw new RangeError(`${unfit.name} needs the order of the whole log`);
    this.#names = projections.map(({ name }) => name);
    this.#runs = this.#freshRuns();
  }

  /** @throws ForeignViews when the views were not built for these projections */
  async start(): Promise<void> {
    await this.#control.run(async () => {
      await this.#checkViews();
      this.#follow();
    });
  }

  /** Returns when nothing is being folded any more. The database stays open. */
  async stop(): Promise<void> {
    await this.#control.run(() => this.#end());
  }

  /** Lets projections that stopped try again where they stopped. */
  async resume(): Promise<void> {
    await this.#control.run(async () => {
      await this.#end();
      this.#runs = this.#freshRuns();
      this.#follow();
    });
  }

  /** For health and metrics. How far each has come stands in the database: another process may have moved it. */
  states(): readonly RecordProjectorState[] {
    return this.#names.map((name) => stateOf(name, this.#runs));
  }

  #freshRuns(): readonly PartitionRun[] {
    const { views, vault, origin, mac, policies = {}, pause = realPause, observer = unobserved } = this.ports;
    const fold = new PartitionFold(views, vault, partitions);
    const policyOf = (name: string): PoisonPolicy => policies[name] ?? 'halt';
    const ports = { fold, views, origin, mac, policyOf, pause, observer };
    return Array.from({ length: partitions }, (_, partition) => new PartitionRun(partition, this.projections, ports));
  }

  async #checkViews(): Promise<void> {
    const rows = await readPositions(this.ports.views.database, this.#names);
    for (const { name, version } of this.projections) {
      const own = rows.filter((row) => row.name === name && row.version === version && row.partitions === partitions);
      if (own.length !== partitions) {
        throw new ForeignViews(`the views of ${name} are not of version ${version} in ${partitions} partitions`);
      }
    }
  }

  #follow(): void {
    this.#stopping = new AbortController();
    const { stream, group, observer = unobserved } = this.ports;
    this.#ended = stream.consume(
      {
        topic,
        group,
        startAt: (partition, signal): Promise<Offset | null> => this.#run(partition).startAt(signal),
        handle: (partition, records, signal) => this.#run(partition).handle(records, signal),
        troubled: (error) => observer.troubled(error),
      },
      this.#stopping.signal,
    );
  }

  async #end(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }

  #run(partition: number): PartitionRun {
    const run = this.#runs[partition];
    if (run === undefined) throw new RangeError(`no partition ${partition}`);
    return run;
  }
}

const severity: Readonly<Record<Trouble['status'], number>> = { retrying: 1, gap: 2, stopped: 3 };

function stateOf(name: string, runs: readonly PartitionRun[]): RecordProjectorState {
  const found = runs.flatMap(({ partition, troubles }) => {
    const trouble = troubles.get(name);
    return trouble ? [{ partition, trouble }] : [];
  });
  const [worst] = found.toSorted((a, b) => severity[b.trouble.status] - severity[a.trouble.status]);
  return {
    name,
    status: worst?.trouble.status ?? 'running',
    failure: worst?.trouble.failure ?? null,
    stuck: found.flatMap(({ partition, trouble }) => (trouble.status === 'retrying' ? [] : [partition])),
  };
}
