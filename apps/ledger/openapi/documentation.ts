import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { AssessmentDraft } from './assessments.js';
import { entrySchemas } from './entry-schemas.js';
import { introduction } from './introduction.js';
import { paths } from './operation.js';
import { ProblemDocument } from './problem-document.js';
import { problemExamples } from './problems.js';
import { SubjectSearch } from './searches.js';
import { tagDescriptions } from './tags.js';
import { TrailOrder } from './trails.js';
import type { Schema } from './values.js';

/** The API's description (OpenAPI 3.1): paths from the controllers, entries from the catalogue. */
export function openApiDocument(application: NestFastifyApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Nachweis')
    .setDescription(introduction)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description:
        'A token of the issuer this ledger trusts, which says for which body and in which role somebody calls.',
    })
    .addSecurityRequirements('bearer');
  for (const [tag, description] of Object.entries(tagDescriptions)) builder.addTag(tag, description);
  const document = SwaggerModule.createDocument(application, builder.build(), {
    extraModels: [ProblemDocument],
  });
  const schemas = { ...closed(document.components?.schemas ?? {}), ...entrySchemas() };
  return {
    ...document,
    paths: sorted({ ...document.paths, ...paths }),
    components: { ...document.components, examples: problemExamples, schemas: sorted(schemas) },
  };
}

/** Serves the description at `/v1/openapi.json` and a page to read and try it at `/docs`, to anybody. */
export function serveDocumentation(application: NestFastifyApplication): void {
  SwaggerModule.setup('docs', application, () => openApiDocument(application), { jsonDocumentUrl: 'v1/openapi.json' });
}

/** What callers send may hold nothing that is not described. What they get may come to hold more. */
function closed(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  const names = [TrailOrder, SubjectSearch, AssessmentDraft].map(({ name }) => name);
  return {
    ...schemas,
    ...Object.fromEntries(names.map((name) => [name, { ...schemas[name], additionalProperties: false }])),
  };
}

const sorted = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
