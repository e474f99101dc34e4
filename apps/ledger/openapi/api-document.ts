import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { httpServer, Metrics } from '#platform';
import { Ledger } from '../ledger.js';
import { LedgerModule } from '../ledger.module.js';
import { TrailJobs } from '../trails/trail-jobs.js';
import { openApiDocument } from './documentation.js';

/**
 * The API's description without a ledger: in Nest's preview mode the routes are known and nothing is made that could
 * open a file.
 */
export async function apiDocument(): Promise<OpenAPIObject> {
  const unopened = Object.create(Ledger.prototype) as Ledger;
  const module = LedgerModule.of(unopened, new Metrics(), Object.create(TrailJobs.prototype) as TrailJobs);
  const options = { preview: true, bodyParser: false, logger: false } as const;
  const application = await NestFactory.create<NestFastifyApplication>(module, httpServer(), options);
  return openApiDocument(application);
}

/** `docs/openapi.json` is exactly this text. */
export const apiDocumentText = async (): Promise<string> => `${JSON.stringify(await apiDocument(), null, 2)}\n`;
