import { Controller, Get, Header, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Caller } from '#access';
import type { EntryId } from '#kernel';
import { CurrentCaller } from '#platform';
import { Ledger } from '../ledger.js';
import { DescribedProof } from '../openapi/entries.js';
import { readEntry } from './entry-reader.js';
import { entryIdOf } from './entry-id-of.js';

export class GetProof extends Query<string> {
  constructor(
    readonly caller: Caller,
    readonly id: EntryId,
  ) {
    super();
  }
}

@QueryHandler(GetProof)
export class GetProofHandler implements IQueryHandler<GetProof> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ caller, id }: GetProof): Promise<string> {
    const { place } = await readEntry(this.ledger, id, caller);
    return this.ledger.integrators[place.log].proof(place.index);
  }
}

@Controller('v1/entries')
export class GetProofController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/proof')
  @DescribedProof()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  proof(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<string> {
    return this.queries.execute(new GetProof(caller, entryIdOf(id)));
  }
}
