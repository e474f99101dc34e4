import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { judgedUnder } from '#compliance/judging';
import { DomainError, treeSize } from '#kernel';
import { CurrentCaller, openCursor, sealCursor } from '#platform';
import { Ledger } from '../ledger.js';
import { DescribedJudgements } from '../openapi/judgements.js';
import { linkNext, sealOf } from '../views/listing.js';
import { instant, number, page, readQuery } from '../views/query-parameters.js';
import { completeness, scopeOf, viewed } from '../views/viewing.js';

/** What other versions of the rule packs would say of what is recorded. It is a question: it changes nothing. */
@Controller('v1/judgements')
export class JudgementsController {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @DescribedJudgements()
  async judgeAnew(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (caller.role === 'agency') throw new DomainError('forbidden', 'judgements are for data protection officers');
    const scope = scopeOf(caller);
    const { store, registry } = this.ledger;
    const { under: asked, at, cursor } = readQuery(request.query, { under: number, at: instant, cursor: page.cursor });
    const size = await store.size('registry');
    const under = asked ?? size;
    if (!Number.isSafeInteger(under) || under < 0 || under > size) {
      throw new DomainError('invalid-query', 'the query cannot be answered', [
        { pointer: '/under', detail: `expected a number of registry entries from 0 to ${size}` },
      ]);
    }
    const filter = { under: String(under), ...(at && { at }) };
    const seal = sealOf(this.ledger, { name: 'judgements', caller, filter });
    const after = cursor === undefined ? '' : (openCursor(cursor, seal) as string);
    const settings = (await registry.registryAt(treeSize(under))).settingsAt(at ?? this.ledger.clock.now());
    const { next, ...found } = await viewed(this.ledger, (views, now) =>
      judgedUnder(views, scope, now, registry, { settings, size }, after),
    );
    linkNext(request, reply, next === null ? null : sealCursor(next, seal));
    return { under, ...found, note: completeness(found.completeUpTo) };
  }
}
