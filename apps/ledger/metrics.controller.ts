import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainError } from '#kernel';
import type { Caller } from '#access';
import { CurrentCaller, Metrics } from '#platform';
import { DescribedMetrics } from './openapi/operation.js';

@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @DescribedMetrics()
  async text(@CurrentCaller() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    if (caller.role !== 'operator') throw new DomainError('forbidden', 'metrics are for the operator');
    reply.header('Content-Type', this.metrics.contentType).send(await this.metrics.text());
  }
}
