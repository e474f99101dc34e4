import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, getSchemaPath, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { entryTypes, type EntryType } from '#catalogue';
import { ProblemDocument } from './problem-document.js';

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** The API's description (OpenAPI 3.1): paths from the controllers, entries from the catalogue. */
export function openApiDocument(application: NestFastifyApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Nachweis')
    .setDescription(
      'Records every cross-agency request, disclosure and decision in an append-only, tamper-evident log. ' +
        'Errors are RFC 9457 problem documents with a stable `code` and a JSON pointer for each fault.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addSecurityRequirements('bearer')
    .addGlobalResponse({
      status: '4XX',
      description: 'A problem document',
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDocument) } } },
    })
    .build();
  const types = [...entryTypes.values()];
  const extraModels = [ProblemDocument, ...types.map(({ data }) => data)];
  const document = SwaggerModule.createDocument(application, description, {
    extraModels,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return withEntries(document, types);
}

/** Serves the description at `/v1/openapi.json` and a page to read and try it at `/docs`, to anybody. */
export function serveDocumentation(application: NestFastifyApplication): void {
  SwaggerModule.setup('docs', application, () => openApiDocument(application), { jsonDocumentUrl: 'v1/openapi.json' });
}

function withEntries(document: OpenAPIObject, types: readonly EntryType[]): OpenAPIObject {
  const schemas: Record<string, Schema> = { ...document.components?.schemas };
  for (const type of types) schemas[`${type.name}Entry`] = entrySchema(type);
  const mapping = Object.fromEntries(types.map(({ name }) => [name, `#/components/schemas/${name}Entry`]));
  schemas['Entry'] = {
    oneOf: types.map(({ name }) => ({ $ref: `#/components/schemas/${name}Entry` })),
    discriminator: { propertyName: 'type', mapping },
  };
  const post = document.paths['/v1/entries']?.post;
  if (post === undefined) throw new Error('the controllers describe no POST /v1/entries');
  const examples = Object.fromEntries(types.map(({ name, example }) => [name, { value: example }]));
  post.requestBody = {
    required: true,
    content: {
      'application/json': { schema: { $ref: '#/components/schemas/Entry' }, examples },
      'application/x-ndjson': {
        schema: { type: 'string', description: '1 to 400 entries, one a line, each ended by LF' },
      },
    },
  };
  return { ...document, components: { ...document.components, schemas } };
}

const uuid: Schema = { type: 'string', format: 'uuid', pattern: '^[0-9a-f-]{36}$' };

function entrySchema({ name, title, exchange, data }: EntryType): Schema {
  return {
    type: 'object',
    title: title.en,
    additionalProperties: false,
    required: ['id', 'type', 'occurredAt', 'data', ...(exchange === 'required' ? ['exchange'] : [])],
    properties: {
      id: { ...uuid, description: "the sender's own; version 7 recommended" },
      type: { type: 'string', enum: [name] },
      ...(exchange !== 'none' && { exchange: uuid }),
      occurredAt: {
        type: 'string',
        format: 'date-time',
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
      },
      expectedVersion: { type: 'integer', minimum: 0, description: 'entries the sender believes the exchange to have' },
      data: { $ref: getSchemaPath(data) },
    },
  };
}
