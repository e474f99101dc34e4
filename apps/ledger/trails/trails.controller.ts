import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessPurpose, type Caller } from '#access';
import { isObject } from '#catalogue';
import { DomainError, isLogName, type Fault } from '#kernel';
import { bodyOf, CurrentCaller, parseStrict } from '#platform';
import type { JsonValue } from '#statement';
import { isAccessPurpose } from '../entries/access-purposes.js';
import { DescribedTrail, DescribedTrailContent, DescribedTrailOrder } from '../openapi/trails.js';
import { unknownNames } from '../unknown-names.js';
import { TrailJobs, type TrailRequest } from './trail-jobs.js';
import { TrailStore, type TrailJob } from './trail-store.js';

export class RequestTrail extends Command<TrailJob> {
  constructor(
    readonly caller: Caller,
    readonly request: TrailRequest,
  ) {
    super();
  }
}

@CommandHandler(RequestTrail)
export class RequestTrailHandler implements ICommandHandler<RequestTrail> {
  constructor(private readonly jobs: TrailJobs) {}

  execute({ caller, request }: RequestTrail): Promise<TrailJob> {
    return this.jobs.request(caller, request);
  }
}

@Controller('v1/trails')
export class TrailsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly jobs: TrailJobs,
    private readonly trails: TrailStore,
  ) {}

  @Post()
  @HttpCode(202)
  @DescribedTrailOrder()
  async ask(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const purpose = accessPurpose(request.headers['access-purpose'], isAccessPurpose);
    const wanted = trailRequest(parseStrict(bodyOf(request, 'application/json').bytes), purpose);
    const job = await this.commands.execute(new RequestTrail(caller, wanted));
    reply.header('Location', `/v1/trails/${job.id}`);
    return shown(job);
  }

  @Get(':id')
  @DescribedTrail()
  state(@Param('id') id: string, @CurrentCaller() caller: Caller) {
    return shown(this.jobs.find(caller, id));
  }

  @Get(':id/content')
  @DescribedTrailContent()
  content(@Param('id') id: string, @CurrentCaller() caller: Caller, @Res() reply: FastifyReply): void {
    const { state } = this.jobs.find(caller, id);
    if (state === 'failed') throw new DomainError('trail-failed', 'this trail could not be written; ask for it again');
    if (state !== 'done') throw new DomainError('trail-not-ready', 'this trail is still being written');
    const { content, bytes } = this.trails.read(id);
    reply
      .header('Content-Type', 'application/zip')
      .header('Content-Disposition', `attachment; filename="audit-export-${id}.zip"`)
      .header('Content-Length', String(bytes))
      .header('Cache-Control', 'no-store')
      .send(content);
  }
}

const shown = ({ id, log, from, to, state, done, total }: TrailJob) => ({ id, log, from, to, state, done, total });

const names = ['log', 'from', 'to', 'since'];
/** A checkpoint with a hundred countersignatures stays below. */
const longestCheckpoint = 64 * 1024;

function trailRequest(value: JsonValue, purpose: string | undefined): TrailRequest {
  const body = isObject(value) ? value : {};
  const { log, from, to, since } = body;
  const unknown = Object.keys(body).filter((name) => !names.includes(name));
  const faults: Fault[] = [...unknownNames(unknown, 'unknown field')];
  if (!isLogName(log)) faults.push({ pointer: '/log', detail: 'expected entries or registry' });
  for (const [name, given] of Object.entries({ from, to })) {
    if (given !== undefined && !isCount(given)) faults.push({ pointer: `/${name}`, detail: 'expected a count from 0' });
  }
  if (since !== undefined && (typeof since !== 'string' || since.length > longestCheckpoint)) {
    faults.push({ pointer: '/since', detail: 'expected the text of a checkpoint' });
  }
  if (faults.length > 0) throw new DomainError('invalid-query', 'this is not a request for a trail', faults);
  return {
    log: log as TrailRequest['log'],
    from: from as number | undefined,
    to: to as number | undefined,
    since: since as string | undefined,
    purpose,
  };
}

const isCount = (value: JsonValue): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
