import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { onlyPurpose, otherSide, templatesOf, type QuickKind, type Template } from '#compliance/assessments';
import { isMissing } from '#catalogue';
import { DomainError, type AgencyId } from '#kernel';
import { CurrentCaller } from '#platform';
import { Ledger } from '../ledger.js';
import { DescribedTemplates } from '../openapi/quick-entries.js';
import { readQuery } from '../views/query-parameters.js';

/** What an agency can fill in by itself: the clauses in force that it is named in, and what each still asks of a person. */
@Controller('v1/templates')
export class TemplatesController {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @DescribedTemplates()
  async list(@Req() request: FastifyRequest, @CurrentCaller() { role, agency }: Caller) {
    readQuery(request.query, {});
    if (role !== 'agency' && role !== 'dpo') {
      throw new DomainError('forbidden', 'templates are for agencies and their data protection officers');
    }
    const { registry } = await this.ledger.registry.registryAt(await this.ledger.store.size('registry'));
    const templates = templatesOf(agency, this.ledger.clock.now(), registry);
    return { templates: templates.flatMap((one) => one.kinds.map((kind) => shown(one, kind, agency))) };
  }
}

/** Every kind asks what and why; who picks an answer picks the request, and with it all else. */
const asked: Readonly<Record<QuickKind, readonly string[]>> = {
  request: ['template', 'case', 'items', 'reason'],
  answer: ['request', 'case', 'items', 'reason'],
  spontaneous: ['template', 'case', 'items', 'reason'],
  conference: ['template', 'case', 'contributions'],
};

function shown(template: Template, kind: QuickKind, agency: AgencyId) {
  const { reference, agreement, title, clause, kinds } = template;
  const counterparts = otherSide(template, kind, agency);
  const isAmbiguous =
    (kind === 'request' || kind === 'spontaneous') && kinds.includes('request') && kinds.includes('spontaneous');
  const needs = [
    ...asked[kind],
    ...(isAmbiguous ? ['kind'] : []),
    ...(kind !== 'answer' && isMissing(onlyPurpose(clause)) ? ['purpose'] : []),
    ...((kind === 'request' || kind === 'spontaneous') && counterparts.length > 1 ? ['counterparts'] : []),
  ];
  const { purposes, dataCategories, specialCategories, conditions, retentionTold, gateways, specialGrounds } = clause;
  return {
    template: reference,
    kind,
    agreement,
    title,
    counterparts,
    purposes: purposes ?? null,
    dataCategories: dataCategories ?? null,
    specialCategories: specialCategories ?? null,
    conditions: conditions ?? null,
    retentionTold: retentionTold ?? null,
    needs,
    grounds: { gateway: gateways ?? null, specialGround: specialGrounds ?? null },
  };
}
