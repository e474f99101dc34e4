import { Controller, Get, Param, Req } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { accessPurpose, type Caller } from '#access';
import { dataOf } from '#catalogue';
import type { EntryId } from '#kernel';
import { CurrentCaller } from '#platform';
import type { Blocks, BlockName, JsonObject } from '#statement';
import { leafHash } from '#transparency';
import { Ledger } from '../ledger.js';
import { DescribedEntry } from '../openapi/entries.js';
import { isAccessPurpose } from './access-purposes.js';
import { entryIdOf } from './entry-id-of.js';
import { readEntry, type ReadableEntry } from './entry-reader.js';
import { recordAccess } from './record-access.js';

/** The leaf of an entry, and its blocks as far as the caller may see them and has said why. */
export interface ShownEntry {
  readonly id: EntryId;
  readonly log: string;
  readonly index: number;
  readonly recordedAt: string;
  readonly leafHash: string;
  /** as it is stored: its canonical text is what the hash is made from */
  readonly leaf: JsonObject;
  readonly receipt: string;
  /** what was recorded, as far as the opened blocks hold it */
  readonly data?: JsonObject;
  /** the opened blocks as RFC 9901 disclosures, to be checked against the leaf */
  readonly disclosures?: readonly string[];
  readonly opened?: readonly BlockName[];
  readonly erased?: readonly BlockName[];
  /** what it corrects: neither is to be shown without the other */
  readonly corrects?: EntryId;
  /** what corrects it, in the order of the log */
  readonly correctedBy?: readonly EntryId[];
}

/** Reading blocks is a command: it records who looked before the first byte is shown. */
export class ShowEntry extends Command<ShownEntry> {
  constructor(
    readonly caller: Caller,
    readonly id: EntryId,
    readonly purpose: string | undefined,
  ) {
    super();
  }
}

@CommandHandler(ShowEntry)
export class ShowEntryHandler implements ICommandHandler<ShowEntry> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ caller, id, purpose }: ShowEntry): Promise<ShownEntry> {
    const entry = await readEntry(this.ledger, id, caller);
    const { place, bytes, leaf, disclosures, erased } = entry;
    const { recordedAt } = leaf;
    const hash = leafHash(bytes);
    const receipt = await this.ledger.receipts.sign({ ...place, entryId: id, leafHash: hash, recordedAt });
    const stored = JSON.parse(bytes.toString('utf8')) as JsonObject;
    const shown = { id, ...place, recordedAt, leafHash: hash.toString('base64'), leaf: stored, receipt };
    if (purpose === undefined || leaf.log === 'registry') return shown;
    if (disclosures.length === 0) return { ...shown, opened: [], erased };
    await recordAccess(this.ledger, {
      caller,
      purpose,
      entry,
      blocks: disclosures.map(({ block }) => block),
    });
    return {
      ...shown,
      data: contentOf(entry),
      disclosures: disclosures.map(({ encoded }) => encoded),
      opened: disclosures.map(({ block }) => block),
      erased,
      ...shownWith(entry),
    };
  }
}

/** Which entries belong beside it is said by their terms, so it is told with them. */
const shownWith = ({ disclosures, corrects, correctedBy }: ReadableEntry) =>
  disclosures.some(({ block }) => block === 'terms')
    ? { ...(corrects !== null && { corrects }), ...(correctedBy.length > 0 && { correctedBy }) }
    : {};

/** The entry as it was sent, as far as the opened blocks hold it. */
function contentOf({ disclosures }: ReadableEntry): JsonObject {
  const blocks: Blocks = Object.fromEntries(disclosures.map(({ block, value }) => [block, value]));
  const { type, exchange, occurredAt } = blocks.terms ?? {};
  if (typeof type !== 'string') return Object.assign({}, ...Object.values(blocks)) as JsonObject;
  return {
    type,
    ...(exchange !== undefined && { exchange }),
    occurredAt: occurredAt ?? null,
    data: dataOf(type, blocks),
  };
}

@Controller('v1/entries')
export class GetEntryController {
  constructor(private readonly commands: CommandBus) {}

  @Get(':id')
  @DescribedEntry()
  entry(@Param('id') id: string, @Req() request: FastifyRequest, @CurrentCaller() caller: Caller): Promise<ShownEntry> {
    const purpose = accessPurpose(request.headers['access-purpose'], isAccessPurpose);
    return this.commands.execute(new ShowEntry(caller, entryIdOf(id), purpose));
  }
}
