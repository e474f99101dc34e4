import { Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { vocabularies } from '#catalogue';
import { quarterOf, readContribution } from '#compliance/library';
import { DomainError, isAgencyId } from '#kernel';
import { bodyOf, CurrentCaller, linkHeader, openCursor, parseStrict, sealCursor } from '#platform';
import type { JsonValue } from '#statement';
import { Ledger } from '../ledger.js';
import { DescribedContribution, DescribedLibrary, DescribedRemoval, DescribedSharing } from '../openapi/library.js';
import { sealOf } from '../views/listing.js';
import { code, page, readQuery, usualLimit } from '../views/query-parameters.js';
import { placeOf } from './library-store.js';

const query = {
  ...page,
  kind: code(vocabularies.get('contribution-kind')?.terms),
  purpose: code(vocabularies.get('purpose')?.terms),
};

/**
 * Lessons, near misses and practices of everybody who works here, outside of the log. Nobody is asked who they are
 * beyond being let in, and nothing of it is recorded.
 */
@Controller('v1/library')
export class LibraryController {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @DescribedLibrary()
  list(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    requireReader(caller);
    const { cursor, limit = usualLimit, ...filter } = readQuery(request.query, query);
    const seal = sealOf(this.ledger, { name: 'library', caller, filter });
    const after = cursor === undefined ? '' : placeIn(openCursor(cursor, seal));
    // What the last page ended with may have been taken out since: its place is still one.
    const wanted = this.ledger.library
      .all()
      .filter((one) => placeOf(one) > after)
      .filter(({ kind }) => filter.kind === undefined || kind === filter.kind)
      .filter(({ purposes }) => filter.purpose === undefined || purposes.includes(filter.purpose));
    const contributions = wanted.slice(0, limit);
    const last = contributions.at(-1);
    if (last !== undefined && limit < wanted.length) {
      const next = sealCursor(placeOf(last), seal);
      const parameters = new URLSearchParams({ ...filter, limit: String(limit), cursor: next });
      reply.header('Link', linkHeader({ next: `/v1/library?${parameters.toString()}` }));
    }
    return { contributions };
  }

  @Post()
  @HttpCode(201)
  @DescribedSharing()
  async share(@Req() request: FastifyRequest, @CurrentCaller() { role }: Caller) {
    if (role !== 'agency' && role !== 'dpo') {
      throw new DomainError('forbidden', 'the library is written by those who do the work');
    }
    const body = parseStrict(bodyOf(request, 'application/json').bytes);
    const { registry } = await this.ledger.registry.registryAt(await this.ledger.store.size('registry'));
    const isAgency = (word: string): boolean => isAgencyId(word) && registry.kindOf(word) !== null;
    const bodies = { isAgency, names: registry.names };
    return this.ledger.library.add(readContribution(body, bodies), quarterOf(this.ledger.clock.now()));
  }

  @Get(':id')
  @DescribedContribution()
  show(@Param('id') id: string, @CurrentCaller() caller: Caller) {
    requireReader(caller);
    const found = this.ledger.library.find(id);
    if (found === undefined) throw nothingThere();
    return found;
  }

  @Delete(':id')
  @HttpCode(204)
  @DescribedRemoval()
  remove(@Param('id') id: string, @CurrentCaller() { role }: Caller): void {
    if (role !== 'dpo') throw new DomainError('forbidden', 'data protection officers take out what names somebody');
    if (!this.ledger.library.remove(id)) throw nothingThere();
  }
}

function requireReader({ role }: Caller): void {
  if (role === 'operator') throw new DomainError('forbidden', 'the library is for those who do or supervise the work');
}

/** The seal is the ledger's own: nothing else was ever put under it. */
const placeIn = (opened: JsonValue): string => (typeof opened === 'string' ? opened : '');

const nothingThere = (): DomainError => new DomainError('not-found', 'there is no such contribution');
