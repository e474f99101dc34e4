import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { choicesOf, templatesOf, type TemplateChoice } from '#compliance/assessments';
import { DomainError } from '#kernel';
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
    return { templates: templates.flatMap((one) => choicesOf(one, agency).map(shown)) };
  }
}

function shown({ name, template, kind, purpose, counterparts, needs }: TemplateChoice) {
  const { agreement, title, clause } = template;
  const { purposes, dataCategories, specialCategories, conditions, retentionTold, gateways, specialGrounds } = clause;
  return {
    template: name,
    kind,
    agreement,
    title,
    counterparts,
    purposes: purpose === null ? (purposes ?? null) : [purpose],
    dataCategories: dataCategories ?? null,
    specialCategories: specialCategories ?? null,
    conditions: conditions ?? null,
    retentionTold: retentionTold ?? null,
    needs,
    grounds: { gateway: gateways ?? null, specialGround: specialGrounds ?? null },
  };
}
