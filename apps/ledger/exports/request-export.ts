import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessPurpose, type Caller } from '#access';
import { DomainError, type AgencyId } from '#kernel';
import { bodyOf, CurrentCaller, parseStrict } from '#platform';
import { isAccessPurpose } from '../entries/access-purposes.js';
import { Ledger } from '../ledger.js';
import { DescribedExportOrder } from '../openapi/exports.js';
import { Searches } from '../searches/searches.js';
import { TrailJobs } from '../trails/trail-jobs.js';
import type { TrailJob } from '../trails/trail-store.js';
import { exportRequest, requireClosed, type ExportRequest } from './export-request.js';
import { gathered } from './gathered.js';

export class RequestExport extends Command<TrailJob> {
  constructor(
    readonly caller: Caller,
    readonly request: ExportRequest,
    readonly purpose: string,
  ) {
    super();
  }
}

@CommandHandler(RequestExport)
export class RequestExportHandler implements ICommandHandler<RequestExport> {
  constructor(
    private readonly ledger: Ledger,
    private readonly searches: Searches,
    private readonly jobs: TrailJobs,
  ) {}

  async execute({ caller, request, purpose }: RequestExport): Promise<TrailJob> {
    const { profile, search } = request;
    const { roles, purposes } = profile;
    if (!roles.some((role) => role === caller.role)) {
      throw new DomainError('forbidden', `${profile.id} is not for this role`);
    }
    if (!purposes.includes(purpose)) {
      throw new DomainError('forbidden', `${profile.id} is not issued for this purpose`);
    }
    requireClosed(request, this.ledger.clock.now());
    const agencies = agenciesOf(caller, request);
    const ids = search === undefined ? undefined : await this.searches.foundOfPerson(caller, search);
    const issue = await gathered(this.ledger, { caller, request, agencies, purpose, ...(ids && { ids }) });
    return this.jobs.issue(caller, issue);
  }
}

@Controller('v1/exports')
export class ExportsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(202)
  @DescribedExportOrder()
  async ask(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const purpose = accessPurpose(request.headers['access-purpose'], isAccessPurpose);
    const wanted = exportRequest(parseStrict(bodyOf(request, 'application/json').bytes));
    if (purpose === undefined) {
      const fault = { pointer: '/Access-Purpose', detail: 'required for an export' };
      throw new DomainError('malformed-request', 'an export needs its purpose', [fault]);
    }
    const { id, log, state, done, total } = await this.commands.execute(new RequestExport(caller, wanted, purpose));
    reply.header('Location', `/v1/trails/${id}`);
    return { id, profile: wanted.profile.id, log, state, done, total };
  }
}

/**
 * Whose entries are exported.
 *
 * @throws DomainError `not-found` for an agency the caller is not competent for: it does not exist for them
 */
function agenciesOf({ role, agency, competentFor }: Caller, { agencies }: ExportRequest): readonly AgencyId[] {
  const allowed = role === 'regulator' ? competentFor : [agency];
  if (agencies?.every((one) => allowed.includes(one)) === false) {
    throw new DomainError('not-found', 'there is no such agency for this caller');
  }
  return agencies ?? allowed;
}
