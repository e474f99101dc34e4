import { createHmac } from 'node:crypto';
import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { accessPurpose, type Caller } from '#access';
import { isObject, type IndexTerm } from '#catalogue';
import { DomainError, type EntryId, type Fault, type Instant } from '#kernel';
import { bodyOf, CurrentCaller, parseStrict } from '#platform';
import type { JsonValue } from '#statement';
import { isAccessPurpose } from '../entries/access-purposes.js';
import { recordOwn } from '../entries/record-access.js';
import { Ledger } from '../ledger.js';
import { DescribedSearch } from '../openapi/searches.js';
import { unknownNames } from '../unknown-names.js';
import { Searches } from './searches.js';

/** What a search answers: a handle for the views, and how many entries it names. */
export interface SearchAnswer {
  readonly search: string;
  readonly matches: number;
  readonly expiresAt: Instant;
}

export class SearchSubject extends Command<SearchAnswer> {
  constructor(
    readonly caller: Caller,
    readonly term: IndexTerm,
    readonly purpose: string,
  ) {
    super();
  }
}

@CommandHandler(SearchSubject)
export class SearchSubjectHandler implements ICommandHandler<SearchSubject> {
  constructor(
    private readonly ledger: Ledger,
    private readonly searches: Searches,
  ) {}

  /** Looks among the caller's own agency's entries only: no query by person crosses agencies. */
  async execute({ caller, term, purpose }: SearchSubject): Promise<SearchAnswer> {
    const { vault, register, cursorKey } = this.ledger;
    const found = await vault.search(caller.agency, term);
    const isRecorded = (id: EntryId): boolean => register.placeOf(id) !== undefined;
    if (!found.every(isRecorded)) await this.ledger.refresh();
    const ids = found.filter(isRecorded);
    await recordOwn(this.ledger, 'LedgerAccessed', {
      agency: caller.agency,
      role: caller.role,
      accessPurpose: purpose,
      actor: caller.subject,
      hiddenFromOwner: false,
      owner: caller.agency,
      queryDigest: createHmac('sha256', cursorKey)
        .update(`${caller.agency} ${term.kind} ${term.value}`)
        .digest('base64url'),
      matches: ids.length,
    });
    return { ...(await this.searches.keep(caller, { kind: term.kind, ids })), matches: ids.length };
  }
}

@Controller('v1/subject-searches')
export class SearchSubjectController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @DescribedSearch()
  search(@Req() request: FastifyRequest, @CurrentCaller() caller: Caller): Promise<SearchAnswer> {
    if (caller.role !== 'agency' && caller.role !== 'dpo') {
      throw new DomainError('forbidden', 'only an agency searches by person, and only its own entries');
    }
    const purpose = accessPurpose(request.headers['access-purpose'], isAccessPurpose);
    const term = termOf(parseStrict(bodyOf(request, 'application/json').bytes));
    if (purpose === undefined) {
      const fault = { pointer: '/Access-Purpose', detail: 'required for a search by person or case' };
      throw new DomainError('malformed-request', 'a search needs its purpose', [fault]);
    }
    return this.commands.execute(new SearchSubject(caller, term, purpose));
  }
}

const longestValue = 200;

function termOf(value: JsonValue): IndexTerm {
  const { kind, value: sought, ...others } = isObject(value) ? value : {};
  const faults: Fault[] = [...unknownNames(Object.keys(others), 'unknown field')];
  if (kind !== 'case' && kind !== 'subject') faults.push({ pointer: '/kind', detail: 'expected case or subject' });
  if (typeof sought !== 'string' || sought === '' || sought.length > longestValue) {
    faults.push({ pointer: '/value', detail: `expected a text of 1 to ${longestValue} characters` });
  }
  if (faults.length > 0) throw new DomainError('invalid-query', 'this is not a search', faults);
  return { kind: kind as IndexTerm['kind'], value: sought as string };
}
