import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Caller } from '#access';
import { DomainError, leafIndex, treeSize, type AgencyId, type LogName } from '#kernel';
import { writeTrail } from '#trail';
import { openCheckpoint, verifierKey, type TreeHead } from '#transparency';
import { recordOwn } from '../entries/record-access.js';
import type { Ledger } from '../ledger.js';
import { trailSource, type TrailOrder } from './trail-source.js';
import type { TrailJob, TrailStore } from './trail-store.js';

/** What a recipient asks for. */
export interface TrailRequest {
  readonly log: LogName;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** the recipient's last checkpoint, a signed note */
  readonly since: string | undefined;
  readonly purpose: string | undefined;
}

/** What leaves the ledger, once it is known that it may. */
export interface Issue extends Pick<
  TrailOrder,
  'log' | 'from' | 'to' | 'purpose' | 'published' | 'selection' | 'documents' | 'blocks' | 'title'
> {
  /** name of the profile, or `trail` */
  readonly profile: string;
  /** whose entries it holds, or may hold */
  readonly owners: readonly AgencyId[];
  readonly since?: { readonly note: string; readonly size: number };
  /** order or provision it is issued on */
  readonly basis?: string;
  readonly leakTest?: { readonly removed: number; readonly masked: number };
}

/** Writes trails one after the other, so that a ledger's memory does not depend on how many are asked for. */
export class TrailJobs {
  #last: Promise<void> = Promise.resolve();
  readonly #stopping = new AbortController();

  constructor(
    private readonly ledger: Ledger,
    private readonly trails: TrailStore,
    private readonly logger: Logger,
  ) {}

  /**
   * Records durably that a trail leaves the ledger, and queues it.
   *
   * @throws DomainError `forbidden`, `range-beyond-log`, `invalid-query`
   */
  async request(caller: Caller, request: TrailRequest): Promise<TrailJob> {
    const { log, since, purpose } = request;
    if (log === 'entries' && caller.role !== 'regulator') {
      throw new DomainError('forbidden', 'trails of entries are for regulators');
    }
    const held = since === undefined ? undefined : this.#heldBy(log, since);
    const published = await this.ledger.integrators[log].reaching(Math.max(request.to ?? 0, held?.size ?? 0));
    if (published === null) throw new DomainError('range-beyond-log', 'no checkpoint is published yet');
    const range = rangeOf(request, published.head);
    if (held && held.size > published.head.size) throw beyond('/since', 'a checkpoint this log has not published');
    return this.issue(caller, {
      log,
      ...range,
      published,
      purpose,
      profile: 'trail',
      // The registry is open to all: nobody is looked at.
      owners: log === 'entries' ? caller.competentFor : [],
      ...(held && since !== undefined && { since: { note: since, size: held.size } }),
    });
  }

  /** Records durably what leaves the ledger, and queues it. Nothing is checked here. */
  async issue(caller: Caller, issue: Issue): Promise<TrailJob> {
    const { log, from, to, since, purpose, profile, owners, selection, basis, leakTest, ...rest } = issue;
    const id = randomUUID();
    const issuedAt = this.ledger.clock.now();
    const { index: exportEntry } = await recordOwn(this.ledger, 'ExportIssued', {
      exportId: id,
      recipient: caller.agency,
      role: caller.role,
      accessPurpose: purpose ?? { missing: 'not-given' },
      log,
      from,
      to,
      ...(since && { since: since.size }),
      ...(selection && { selected: selection.length }),
      ...(leakTest && { leakTest }),
      ...(basis !== undefined && { basis }),
      profile,
      owners: [...owners],
      actor: caller.subject,
      hiddenFromOwner: caller.role === 'regulator',
    });
    const job: TrailJob = {
      id,
      agency: caller.agency,
      role: caller.role,
      log,
      from,
      to,
      requestedAt: issuedAt,
      writer: this.trails.writer,
      state: 'queued',
      done: 0,
      total: selection?.length ?? to - from,
    };
    this.trails.save(job);
    const order = { id, caller, log, from, to, since: since?.note, purpose, exportEntry, issuedAt, ...rest };
    this.#enqueue(job, { ...order, ...(selection && { selection }) });
    return job;
  }

  /** @throws DomainError `not-found` for somebody else's trail as for none */
  find(caller: Caller, id: string): TrailJob {
    const job = this.trails.find(id);
    if (job?.agency !== caller.agency || job.role !== caller.role) {
      throw new DomainError('not-found', 'there is no such trail for this caller');
    }
    return job;
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#last;
  }

  #heldBy(log: LogName, since: string): TreeHead {
    const { origin, verifierKey: key } = this.ledger.integrators[log];
    try {
      return openCheckpoint(since, [verifierKey(key)], origin);
    } catch (cause) {
      const fault = { pointer: '/since', detail: 'not a checkpoint signed by this log' };
      throw new DomainError('invalid-query', 'the trail cannot be written', [fault], { cause });
    }
  }

  #enqueue(job: TrailJob, order: TrailOrder): void {
    this.#last = this.#last
      .then(() => this.#write(job, order))
      .catch((err: unknown) => this.logger.error({ err }, 'what became of a trail could not be noted'));
  }

  async #write(job: TrailJob, order: TrailOrder): Promise<void> {
    const progress = (done: number, total: number): void => {
      this.trails.save({ ...job, state: 'running', done, total });
    };
    try {
      const source = trailSource(this.ledger, order);
      await this.trails.write(job.id, async (output) => {
        await writeTrail(source, output, progress, this.#stopping.signal);
      });
      this.trails.save({ ...job, state: 'done', done: job.total });
    } catch (err) {
      this.logger.error({ err }, 'a trail could not be written');
      this.trails.remove(job.id);
      this.trails.save({ ...job, state: 'failed' });
    }
  }
}

function rangeOf({ from, to }: TrailRequest, head: TreeHead) {
  const range = { from: leafIndex(from ?? 0), to: treeSize(to ?? head.size) };
  if (range.to > head.size) throw beyond('/to', `the log has ${head.size} entries under a checkpoint`);
  if (range.from > range.to) throw beyond('/from', 'after the end of the range');
  return range;
}

const beyond = (pointer: string, detail: string): DomainError =>
  new DomainError('range-beyond-log', 'the trail cannot be written', [{ pointer, detail }]);
