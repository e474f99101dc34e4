import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { logNames } from '#kernel';
import { failuresTo, httpServer, observeRequests, ProblemFilter, tagAnswers } from '#platform';
import { LedgerModule } from './ledger.module.js';
import type { Ledger } from './ledger.js';
import { serveDocumentation } from './openapi/documentation.js';
import { TrailJobs } from './trails/trail-jobs.js';

/** The HTTP service around an open ledger. */
export interface LedgerService {
  /** not listening yet */
  readonly application: NestFastifyApplication;
  /** answers what is under way, finishes what waits, closes the ledger */
  close(): Promise<void>;
}

export async function ledgerService(ledger: Ledger, logger: Logger): Promise<LedgerService> {
  const { integrators, metrics, sequencers } = ledger;
  metrics.gauge('tree_size', () => logNames.map((log) => [{ log }, integrators[log].published?.head.size ?? 0]));
  metrics.gauge('sequencer_waiting_entries', () => logNames.map((log) => [{ log }, sequencers[log].waiting]));
  const trailJobs = new TrailJobs(ledger, ledger.trails, logger);
  const module = LedgerModule.of(ledger, metrics, trailJobs);
  const application = await NestFactory.create<NestFastifyApplication>(module, httpServer(), {
    bodyParser: false,
    logger: false,
  });
  application.useGlobalFilters(new ProblemFilter(failuresTo(logger)));
  const fastify = application.getHttpAdapter().getInstance();
  observeRequests(fastify, metrics, logger);
  tagAnswers(fastify);
  serveDocumentation(application);
  const close = async (): Promise<void> => {
    await application.close();
    await trailJobs.close();
    await ledger.close();
  };
  return { application, close };
}
