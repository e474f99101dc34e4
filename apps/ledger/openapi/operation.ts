import type { OpenAPIObject } from '@nestjs/swagger';
import { described, json, operationOf } from './described.js';
import { tags } from './tags.js';
import { oneOf, text } from './values.js';

const isWell = json({ type: 'object', required: ['status'], properties: { status: oneOf(['ok']) } }, { status: 'ok' });

/** What the platform and the framework serve, not a controller of this app. */
export const paths: OpenAPIObject['paths'] = {
  '/health/live': {
    get: operationOf({
      operationId: 'isLive',
      tag: tags.operation,
      isPublic: true,
      summary: 'Ask whether the process answers',
      description: ['For whoever restarts processes. **Who may call:** anybody.'],
      answers: { 200: { description: 'It does.', content: isWell } },
    }),
  },
  '/health/ready': {
    get: operationOf({
      operationId: 'isReady',
      tag: tags.operation,
      isPublic: true,
      summary: 'Ask whether the ledger can record and answer',
      description: ['For whoever routes requests. **Who may call:** anybody.'],
      answers: { 200: { description: 'It can.', content: isWell } },
      problems: { unavailable: '`errors` names what is not well: a log (`/entries`, `/registry`) or `/views`' },
    }),
  },
  '/v1/openapi.json': {
    get: operationOf({
      operationId: 'readDescription',
      tag: tags.operation,
      isPublic: true,
      summary: 'Read this description',
      description: ['This document; `/docs` shows it as a page to read and try. **Who may call:** anybody.'],
      answers: { 200: { description: 'OpenAPI 3.1.', content: json({ type: 'object' }) } },
    }),
  },
};

export const DescribedMetrics = () =>
  described({
    operationId: 'readMetrics',
    tag: tags.operation,
    summary: 'Read the figures of the process',
    description: ['For Prometheus. No figure names an agency, a person or an entry. **Who may call:** the operator.'],
    answers: {
      200: { description: 'The text format of Prometheus.', content: { 'text/plain': { schema: text } } },
    },
    problems: { forbidden: 'metrics are for the operator' },
  });
