import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { inboxOf, type InboxPlace } from '#compliance';
import { DomainError } from '#kernel';
import { CurrentCaller, linkHeader, openCursor, sealCursor } from '#platform';
import { Ledger } from '../ledger.js';
import { DescribedInbox } from '../openapi/exchanges.js';
import { page, readQuery, usualLimit } from '../views/query-parameters.js';
import { sealOf } from '../views/listing.js';
import { completeness, viewed } from '../views/viewing.js';

@Controller('v1/inbox')
export class GetInboxController {
  constructor(private readonly ledger: Ledger) {}

  /** What waits for the caller's agency, longest first. */
  @Get()
  @DescribedInbox()
  async inbox(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (caller.role !== 'agency' && caller.role !== 'dpo') {
      throw new DomainError('forbidden', "an inbox is an agency's");
    }
    const { cursor: given, limit: most = usualLimit } = readQuery(request.query, page);
    const seal = sealOf(this.ledger, { name: 'inbox', caller });
    const after = given === undefined ? undefined : (openCursor(given, seal) as unknown as InboxPlace);
    const { lines, next, completeUpTo } = await viewed(this.ledger, (views, now) =>
      inboxOf(views, caller.agency, now, { limit: most, ...(after && { after }) }),
    );
    if (next !== null) {
      const following = sealCursor({ ...next }, seal);
      reply.header('Link', linkHeader({ next: `/v1/inbox?limit=${most}&cursor=${following}` }));
    }
    return { waiting: lines, completeUpTo, note: completeness(completeUpTo) };
  }
}
