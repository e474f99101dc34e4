import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { entryTypes } from '#catalogue';
import { exchangeEntries, type ExchangeEntry, type ExchangePage } from '#compliance';
import { DomainError, exchangeVersion, isUuid, type ExchangeId, type ExchangeVersion } from '#kernel';
import { CurrentCaller, linkHeader, openCursor, sealCursor } from '#platform';
import { correctionsFor } from '../entries/entry-reader.js';
import { Ledger } from '../ledger.js';
import { DescribedExchange } from '../openapi/exchanges.js';
import { page, readQuery, usualLimit } from '../views/query-parameters.js';
import { sealOf } from '../views/listing.js';
import { completeness, scopeOf, viewed } from '../views/viewing.js';

export class GetExchange extends Query<ExchangePage> {
  constructor(
    readonly caller: Caller,
    readonly exchange: ExchangeId,
    readonly page: { readonly after: ExchangeVersion; readonly limit: number },
  ) {
    super();
  }
}

@QueryHandler(GetExchange)
export class GetExchangeHandler implements IQueryHandler<GetExchange> {
  constructor(private readonly ledger: Ledger) {}

  /** @throws DomainError `not-found` also for an exchange of other parties */
  async execute({ caller, exchange, page: wanted }: GetExchange): Promise<ExchangePage> {
    const scope = scopeOf(caller);
    const found = await viewed(this.ledger, (views, now) => exchangeEntries(views, scope, now, exchange, wanted));
    if (found.head === null) throw new DomainError('not-found', 'there is no such exchange for this caller');
    return found;
  }
}

@Controller('v1/exchanges')
export class GetExchangeController {
  constructor(
    private readonly queries: QueryBus,
    private readonly ledger: Ledger,
  ) {}

  /** The entries of an exchange in order, each with its sentence, and where it stands. */
  @Get(':exchange')
  @DescribedExchange()
  async exchange(
    @Param('exchange') exchange: string,
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (!isUuid(exchange)) throw new DomainError('not-found', 'there is no such exchange for this caller');
    const { cursor: given, limit: most = usualLimit } = readQuery(request.query, page);
    const seal = sealOf(this.ledger, { name: `exchange ${exchange}`, caller });
    const after = exchangeVersion(given === undefined ? 0 : Number(openCursor(given, seal)));
    const query = new GetExchange(caller, exchange as ExchangeId, { after, limit: most });
    const { head, entries, next, completeUpTo } = await this.queries.execute(query);
    if (next !== null) {
      const following = sealCursor(next, seal);
      reply.header('Link', linkHeader({ next: `/v1/exchanges/${exchange}?limit=${most}&cursor=${following}` }));
    }
    return {
      exchange,
      state: head?.state,
      version: head?.version,
      parties: head?.parties,
      waitingFor: head?.waitingFor,
      entries: await Promise.all(entries.map((entry) => this.#shown(entry, caller))),
      completeUpTo,
      note: completeness(completeUpTo),
    };
  }

  /** An entry with what it is never shown without: corrections may stand outside of its exchange. */
  async #shown({ terms, ...entry }: ExchangeEntry, caller: Caller) {
    const correctedBy = await correctionsFor(this.ledger, entry, caller);
    return { ...entry, ...sentences(entry.type, terms), ...(correctedBy.length > 0 && { correctedBy }) };
  }
}

function sentences(type: string, terms: Parameters<NonNullable<ReturnType<typeof entryTypes.get>>['sentence']>[0]) {
  const known = entryTypes.get(type);
  return known && { sentence: { en: known.sentence(terms, 'en'), de: known.sentence(terms, 'de') } };
}
