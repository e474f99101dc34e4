import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { logNames } from '#kernel';
import { failuresTo, httpServer, Metrics, observeRequests, ProblemFilter } from '#platform';
import { LedgerModule } from './ledger.module.js';
import type { Ledger } from './ledger.js';

/** The HTTP service around an open ledger, not listening yet. Closing it closes the ledger. */
export async function ledgerApplication(ledger: Ledger, logger: Logger): Promise<NestFastifyApplication> {
  const metrics = new Metrics();
  for (const log of logNames) {
    metrics.gauge(
      `${log}_tree_size`,
      `Leaves of ${log} under a checkpoint`,
      () => ledger.integrators[log].published?.head.size ?? 0,
    );
    metrics.gauge(
      `${log}_waiting`,
      `Entries that wait for their place in ${log}`,
      () => ledger.sequencers[log].waiting,
    );
  }
  const module = LedgerModule.of(ledger, metrics);
  const application = await NestFactory.create<NestFastifyApplication>(module, httpServer(), {
    bodyParser: false,
    logger: false,
  });
  application.useGlobalFilters(new ProblemFilter(failuresTo(logger)));
  observeRequests(application.getHttpAdapter().getInstance(), metrics, logger);
  return application;
}
