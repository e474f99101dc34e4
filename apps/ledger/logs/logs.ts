import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { DomainError, isLogName, leafIndex, logNames, type LogName } from '#kernel';
import { CurrentCaller } from '#platform';
import { encodeBundle, parseTilePath, tileWidth, type Tile } from '#transparency';
import { Ledger } from '../ledger.js';
import { DescribedCheckpoint, DescribedLogs, DescribedTile } from '../openapi/logs.js';

/** A log as its users need to know it, to verify what comes from it. */
export interface LogDescription {
  readonly name: LogName;
  readonly origin: string;
  /** C2SP verifier key of its checkpoints */
  readonly verifierKey: string;
  /** C2SP verifier key of the ledger's receipts */
  readonly receiptKey: string;
  readonly size: number;
  readonly minimumIndex: number;
}

export class ListLogs extends Query<readonly LogDescription[]> {}

@QueryHandler(ListLogs)
export class ListLogsHandler implements IQueryHandler<ListLogs> {
  constructor(private readonly ledger: Ledger) {}

  async execute(): Promise<readonly LogDescription[]> {
    const { integrators, receipts } = this.ledger;
    return logNames.map((name) => ({
      name,
      origin: integrators[name].origin,
      verifierKey: integrators[name].verifierKey,
      receiptKey: receipts.verifierKey,
      size: integrators[name].published?.head.size ?? 0,
      minimumIndex: 0,
    }));
  }
}

export class GetTile extends Query<Buffer> {
  constructor(
    readonly caller: Caller,
    readonly log: LogName,
    readonly tile: Tile,
  ) {
    super();
  }
}

const hashBytes = 32;

@QueryHandler(GetTile)
export class GetTileHandler implements IQueryHandler<GetTile> {
  constructor(private readonly ledger: Ledger) {}

  /** @throws DomainError `not-found` for a tile that the published tree does not have (yet) */
  async execute({ caller, log, tile }: GetTile): Promise<Buffer> {
    const { tree } = this.ledger.integrators[log];
    const level = tile.level === 'entries' ? 0 : tile.level;
    const published = await this.ledger.integrators[log].reaching(
      (tile.index * tileWidth + tile.width) * tileWidth ** level,
    );
    const width = availableWidth(level, tile.index, published?.head.size ?? 0);
    if (tile.width > width) throw new DomainError('not-found', 'the published tree has no such tile');
    if (tile.level !== 'entries') return tree.tile(level, tile.index).subarray(0, tile.width * hashBytes);
    if (caller.role !== 'regulator' && log === 'entries') {
      throw new DomainError('forbidden', 'entry bundles are for regulators');
    }
    const records = await this.ledger.store.read(log, leafIndex(tile.index * tileWidth), tile.width);
    return encodeBundle(records.map(({ bytes }) => bytes));
  }
}

function availableWidth(level: number, index: number, size: number): number {
  const nodes = Math.floor(size / tileWidth ** level);
  return Math.min(Math.max(nodes - index * tileWidth, 0), tileWidth);
}

@Controller('v1/logs')
export class LogsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @DescribedLogs()
  async list(): Promise<{ logs: readonly LogDescription[] }> {
    return { logs: await this.queries.execute(new ListLogs()) };
  }

  @Get(':log/checkpoint')
  @DescribedCheckpoint()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  checkpoint(@Param('log') log: string): string {
    const published = this.ledger.integrators[logOf(log)].published;
    if (published === null) throw new DomainError('not-found', 'no checkpoint is published yet');
    return published.checkpoint;
  }

  @Get(':log/tile/*')
  @DescribedTile()
  async tile(
    @Param('log') log: string,
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = request.url.split('?')[0]?.replace(/^\/v1\/logs\/[^/]+\//, '') ?? '';
    const tile = parseTilePath(path);
    if (tile === undefined) throw new DomainError('not-found', 'this is not the path of a tile');
    const bytes = await this.queries.execute(new GetTile(caller, logOf(log), tile));
    reply
      .header('Content-Type', 'application/octet-stream')
      .header('Cache-Control', 'max-age=31536000, immutable')
      .send(bytes);
  }
}

function logOf(name: string): LogName {
  if (!isLogName(name)) throw new DomainError('not-found', 'there is no such log');
  return name;
}
