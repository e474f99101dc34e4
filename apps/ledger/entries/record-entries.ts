import { Controller, Post, Req, Res } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { validateEntry, type EntryType } from '#catalogue';
import { DomainError, ledgerIssuer, type AgencyId, type Instant } from '#kernel';
import { bodyOf, CurrentCaller, parseStrict, splitLines, waitPreference } from '#platform';
import { located, prepareEntry, type PreparedEntry, type Recorded } from '#recording';
import { keepAttached } from '../assessments/attached-assessments.js';
import { Ledger } from '../ledger.js';
import { DescribedRecording } from '../openapi/entries.js';

export class RecordEntries extends Command<readonly Recorded[]> {
  constructor(
    readonly caller: Caller,
    /** JSON values, one an entry, as a strict parser read them */
    readonly values: readonly unknown[],
    readonly isBatch: boolean,
  ) {
    super();
  }
}

@CommandHandler(RecordEntries)
export class RecordEntriesHandler implements ICommandHandler<RecordEntries> {
  constructor(private readonly ledger: Ledger) {}

  execute({ caller, values, isBatch }: RecordEntries): Promise<readonly Recorded[]> {
    const { issuer, recorder } = recorderOf(caller);
    const now = this.ledger.clock.now();
    const entries = values.map((value, i) => prepared(value, { now, issuer, recorder, line: isBatch ? i + 1 : null }));
    refuseRepeatedIds(entries);
    keepAttached(this.ledger, entries);
    return this.ledger.recorder.record(entries);
  }
}

/**
 * Agencies and their data protection officers record in the name of the agency; what the operator records, it records
 * for the ledger.
 */
function recorderOf({ role, agency }: Caller): { issuer: AgencyId; recorder: EntryType['recordedBy'] } {
  if (role === 'agency' || role === 'dpo') return { issuer: agency, recorder: role };
  if (role === 'operator') return { issuer: ledgerIssuer, recorder: 'operator' };
  throw new DomainError('forbidden', `a ${role} records no entries`);
}

function prepared(
  value: unknown,
  by: { now: Instant; issuer: AgencyId; recorder: EntryType['recordedBy']; line: number | null },
): PreparedEntry {
  try {
    return prepareEntry(validateEntry(value, by.now), by.issuer, by.recorder, by.line);
  } catch (error) {
    throw located(error, by);
  }
}

function refuseRepeatedIds(entries: readonly PreparedEntry[]): void {
  const lines = new Map<string, number | null>();
  for (const { id, line } of entries) {
    if (lines.has(id) && line !== null) {
      const detail = `the same id as on line ${lines.get(id)}`;
      throw new DomainError('duplicate-id', 'an id stands twice in the batch', [{ pointer: '/id', detail, line }]);
    }
    lines.set(id, line);
  }
}

@Controller('v1/entries')
export class RecordEntriesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly ledger: Ledger,
  ) {}

  @Post()
  @DescribedRecording()
  async record(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wait = waitPreference(request.headers['prefer']);
    const { type, bytes } = bodyOf(request, 'application/json', 'application/x-ndjson');
    const isBatch = type === 'application/x-ndjson';
    const values = isBatch ? splitLines(bytes).map((line, i) => parseStrict(line, i + 1)) : [parseStrict(bytes)];
    const recorded = await this.commands.execute(new RecordEntries(caller, values, isBatch));
    if (wait !== undefined) {
      reply.header('Preference-Applied', `wait=${wait}`);
      await this.#covered(recorded, wait);
    }
    const answers = recorded.map((entry) => this.#answer(entry, wait !== undefined));
    reply.code(recorded.every(({ repeated }) => repeated !== null) ? 200 : 201);
    const [first] = answers;
    if (isBatch || first === undefined) return void reply.send({ entries: answers });
    reply.header('Location', `/v1/entries/${first.id}`).send(first);
  }

  /** Waits for a checkpoint over all entries, at most as long as the caller said. */
  async #covered(recorded: readonly Recorded[], seconds: number): Promise<void> {
    const signal = AbortSignal.timeout(seconds * 1000);
    await Promise.all(recorded.map(({ log, index }) => this.ledger.integrators[log].covering(index, signal)));
  }

  #answer({ id, log, index, recordedAt, leafHash, receipt, repeated }: Recorded, withProof: boolean) {
    const integrator = this.ledger.integrators[log];
    const isCovered = withProof && (integrator.published?.head.size ?? 0) > index;
    return {
      id,
      log,
      index,
      recordedAt,
      leafHash: leafHash.toString('base64'),
      receipt,
      ...(repeated === 'partly' && { compared: repeated }),
      ...(isCovered && { proof: integrator.proof(index) }),
    };
  }
}
