import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { languages } from '#catalogue';
import { assess, readDraft, type Draft } from '#compliance/assessments';
import { asHtml, asText, documentsFor, type AgencyNames } from '#compliance/documents';
import { DomainError, instantAt, millisecondsOf } from '#kernel';
import { bodyOf, CurrentCaller, parseStrict } from '#platform';
import { canonical, type JsonValue } from '#statement';
import { Ledger } from '../ledger.js';
import { DescribedAssessing, DescribedAssessment } from '../openapi/assessments.js';
import type { HandedOut } from './assessment-store.js';
import { linkedIn } from './linked-entries.js';

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** How long an assessment can be fetched that no entry names. */
const daysKept = 30;

/** What a caller gets, with the digest by which an entry names it. */
interface Made {
  readonly assessment: HandedOut;
  readonly digest: string;
}

export class MakeAssessment extends Command<Made> {
  constructor(
    readonly caller: Caller,
    readonly draft: Draft,
  ) {
    super();
  }
}

/** Evaluates a draft and keeps the answer. It says nothing of anybody, so nothing is recorded in the log. */
@CommandHandler(MakeAssessment)
export class MakeAssessmentHandler implements ICommandHandler<MakeAssessment> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ caller, draft }: MakeAssessment): Promise<Made> {
    const { clock, registry, store, assessments } = this.ledger;
    const { agency } = caller;
    const linked = await linkedIn(draft, this.ledger, caller);
    const inForce = await registry.registryAt(await store.size('registry'));
    const at = clock.now();
    const assessment: HandedOut = {
      ...assess(draft, { id: randomUUID(), agency, at }, inForce, linked),
      nonce: randomBytes(16).toString('base64url'),
      expiresAt: instantAt(millisecondsOf(at) + daysKept * dayMilliseconds),
    };
    const digest = digestOf(assessment);
    assessments.add(assessment, digest);
    return { assessment, digest };
  }
}

@Controller('v1/assessments')
export class AssessmentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly ledger: Ledger,
  ) {}

  @Post()
  @HttpCode(201)
  @DescribedAssessing()
  async assess(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    requireWorker(caller);
    const draft = readDraft(parseStrict(bodyOf(request, 'application/json').bytes));
    const made = await this.commands.execute(new MakeAssessment(caller, draft));
    reply.header('Location', `/v1/assessments/${made.assessment.id}`);
    return shown(made, await this.#agencyNames());
  }

  @Get(':id')
  @DescribedAssessment()
  async show(@Param('id') id: string, @CurrentCaller() caller: Caller) {
    requireWorker(caller);
    const record = this.ledger.assessments.find(id, this.ledger.clock.now());
    if (record?.agency !== caller.agency) {
      throw new DomainError('not-found', 'there is no such assessment for this caller');
    }
    const assessment = this.ledger.assessments.open(record);
    return shown({ assessment, digest: digestOf(assessment) }, await this.#agencyNames());
  }

  async #agencyNames(): Promise<AgencyNames> {
    const { registry, store } = this.ledger;
    return (await registry.registryAt(await store.size('registry'))).registry.agencyNames;
  }
}

function requireWorker({ role }: Caller): void {
  if (role !== 'agency' && role !== 'dpo') {
    throw new DomainError('forbidden', 'assessments are for agencies and their data protection officers');
  }
}

const digestOf = (assessment: HandedOut): string =>
  createHash('sha256')
    .update(canonical(assessment as unknown as JsonValue))
    .digest('base64url');

const shown = ({ assessment, digest }: Made, names: AgencyNames) => ({
  assessment,
  digest,
  documents: languages.flatMap((language) =>
    [...documentsFor(assessment, language, names)].map(([name, document]) => ({
      name,
      language,
      title: document.title,
      html: asHtml(document),
      text: asText(document),
    })),
  ),
});
