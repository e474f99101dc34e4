import { randomUUID } from 'node:crypto';
import { Controller, Post, Req, Res } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { expand, readQuickEntry, type Expanded, type QuickEntry } from '#compliance/assessments';
import { DomainError } from '#kernel';
import { bodyOf, CurrentCaller, parseStrict } from '#platform';
import type { Recorded } from '#recording';
import { RecordEntries } from '../entries/record-entries.js';
import { Ledger } from '../ledger.js';
import { DescribedQuickEntry } from '../openapi/quick-entries.js';
import { earlierOf, sentBefore } from './earlier-entries.js';
import { quickFaults } from './quick-faults.js';
import { quickIds } from './quick-ids.js';

interface RecordedQuickly {
  readonly expanded: readonly Expanded[];
  readonly recorded: readonly Recorded[];
}

export class RecordQuickEntry extends Command<RecordedQuickly> {
  constructor(
    readonly caller: Caller,
    readonly quick: QuickEntry,
  ) {
    super();
  }
}

/** Fills in what the agreement and the system know, and records it as everything is recorded. */
@CommandHandler(RecordQuickEntry)
export class RecordQuickEntryHandler implements ICommandHandler<RecordQuickEntry> {
  constructor(
    private readonly ledger: Ledger,
    private readonly commands: CommandBus,
  ) {}

  async execute({ caller, quick }: RecordQuickEntry): Promise<RecordedQuickly> {
    const expanded = await this.#expanded(caller, quick);
    const bodies = expanded.map(({ body }) => body);
    try {
      return { expanded, recorded: await this.commands.execute(new RecordEntries(caller, bodies, true)) };
    } catch (error) {
      throw quickFaults(error, expanded);
    }
  }

  async #expanded(caller: Caller, quick: QuickEntry): Promise<readonly Expanded[]> {
    const { clock, registry, store } = this.ledger;
    const before = quick.id === null ? null : await sentBefore(this.ledger, quick.id, caller);
    if (before !== null && quick.occurredAt !== null && quick.occurredAt !== before.at) {
      throw new DomainError('id-taken', 'this id is taken by what happened at another time');
    }
    const inForce = await registry.registryAt(before?.registry ?? (await store.size('registry')));
    const at = before?.at ?? quick.occurredAt ?? clock.now();
    return expand({
      quick,
      inForce,
      desk: { agency: caller.agency, actor: caller.subject, at, registry: inForce.registry },
      earlier: await earlierOf(quick, this.ledger, caller, before),
      idOf: quickIds(quick.id ?? randomUUID()),
    });
  }
}

@Controller('v1/quick-entries')
export class QuickEntriesController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @DescribedQuickEntry()
  async record(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (caller.role !== 'agency') throw new DomainError('forbidden', `a ${caller.role} records no entries`);
    const quick = readQuickEntry(parseStrict(bodyOf(request, 'application/json').bytes));
    const { expanded, recorded } = await this.commands.execute(new RecordQuickEntry(caller, quick));
    reply.code(recorded.every(({ repeated }) => repeated !== null) ? 200 : 201);
    const [first] = recorded;
    if (first !== undefined) reply.header('Location', `/v1/entries/${first.id}`);
    return {
      entries: recorded.map(({ id, log, index, recordedAt, leafHash, receipt }, place) => ({
        id,
        log,
        index,
        recordedAt,
        leafHash: leafHash.toString('base64'),
        receipt,
        entry: expanded[place]?.body ?? null,
      })),
    };
  }
}
