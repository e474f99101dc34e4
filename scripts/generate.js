// Writes the documents that are derived from code. Run after a build; what it changes belongs into the same commit.
import { writeFileSync } from 'node:fs';
import { agreementSchemaText } from '#catalogue';
import { rulesMarkdown } from '#compliance/rules';
import { asyncApiText } from '#messaging';
import { configurationMarkdown, metricsMarkdown } from '#platform';
import { apiDocumentText } from '../dist/apps/ledger/openapi/api-document.js';

const documents = {
  'docs/agreement.schema.json': agreementSchemaText(),
  'docs/asyncapi.json': asyncApiText(),
  'docs/configuration.md': configurationMarkdown(),
  'docs/metrics.md': metricsMarkdown(),
  'docs/openapi.json': await apiDocumentText(),
  'docs/rules.md': rulesMarkdown(),
};

for (const [file, text] of Object.entries(documents)) writeFileSync(file, text);
