import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { vocabularies } from '#catalogue';
import { findAccesses, findDisclosures, flows, summaryOf, type DisclosurePlace } from '#compliance';
import { DomainError, type LeafIndex } from '#kernel';
import { CurrentCaller, openCursor, sealCursor } from '#platform';
import { Ledger } from '../ledger.js';
import { DescribedAccesses, DescribedDisclosures, DescribedFlows, DescribedSummary } from '../openapi/views.js';
import { Searches } from '../searches/searches.js';
import { agency, code, handle, instant, page, readQuery, requireInOrder, usualLimit } from './query-parameters.js';
import { linkNext, sealOf } from './listing.js';
import { completeness, scopeOf, viewed } from './viewing.js';

const period = { from: instant, to: instant };
const disclosureQuery = {
  ...period,
  ...page,
  agency,
  counterpart: agency,
  category: code(vocabularies.get('data-category')?.terms),
  legalBasis: code(vocabularies.get('legal-basis')?.terms),
  search: handle,
};

/** @throws DomainError `invalid-query`, also for a period that ends before it begins */
function readWithin<const Parameters extends typeof period>(query: unknown, parameters: Parameters) {
  const read = readQuery(query, parameters);
  requireInOrder(read, [{ from: 'from', to: 'to', includesLast: false }]);
  return read;
}

/** The compliance views: folds of block `terms`, within what the caller may see. */
@Controller('v1/views')
export class ViewsController {
  constructor(
    private readonly ledger: Ledger,
    private readonly searches: Searches,
  ) {}

  @Get('disclosures')
  @DescribedDisclosures()
  async disclosures(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { search, cursor: given, limit: most = usualLimit, ...filter } = readWithin(request.query, disclosureQuery);
    const scope = scopeOf(caller);
    const ids = search === undefined ? undefined : await this.searches.found(caller, search);
    const asked = { ...filter, ...(search !== undefined && { search }) };
    const seal = sealOf(this.ledger, { name: 'disclosures', caller, filter: asked });
    const after = given === undefined ? undefined : (openCursor(given, seal) as unknown as DisclosurePlace);
    const { rows, next, completeUpTo } = await viewed(this.ledger, (views, now) =>
      findDisclosures(views, scope, now, { ...filter, ...(ids && { ids }) }, { limit: most, ...(after && { after }) }),
    );
    linkNext(request, reply, next && sealCursor({ ...next }, seal));
    return { disclosures: rows, completeUpTo, note: completeness(completeUpTo) };
  }

  @Get('flows')
  @DescribedFlows()
  async flows(@Req() request: FastifyRequest, @CurrentCaller() caller: Caller) {
    const filter = readWithin(request.query, period);
    const answer = await viewed(this.ledger, (views, now) => flows(views, scopeOf(caller), now, filter));
    return { ...answer, note: completeness(answer.completeUpTo) };
  }

  @Get('summary')
  @DescribedSummary()
  async summary(@Req() request: FastifyRequest, @CurrentCaller() caller: Caller) {
    const filter = readWithin(request.query, period);
    const { types, decisions, ...answer } = await viewed(this.ledger, (views, now) =>
      summaryOf(views, scopeOf(caller), now, filter),
    );
    return {
      ...answer,
      types: Object.fromEntries(types),
      decisions: [...decisions].map(([outcome, count]) => ({ outcome, count })),
      note: completeness(answer.completeUpTo),
    };
  }

  @Get('accesses')
  @DescribedAccesses()
  async accesses(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (caller.role === 'agency') throw new DomainError('forbidden', 'who looked is shown to data protection officers');
    const { cursor: given, limit: most = usualLimit, ...filter } = readWithin(request.query, { ...period, ...page });
    const seal = sealOf(this.ledger, { name: 'accesses', caller, filter });
    const after = given === undefined ? undefined : (openCursor(given, seal) as LeafIndex);
    const { rows, next, completeUpTo } = await viewed(this.ledger, (views, now) =>
      findAccesses(views, scopeOf(caller), now, { ...filter, limit: most, ...(after !== undefined && { after }) }),
    );
    linkNext(request, reply, next === null ? null : sealCursor(next, seal));
    return { accesses: rows, completeUpTo, note: completeness(completeUpTo) };
  }
}
