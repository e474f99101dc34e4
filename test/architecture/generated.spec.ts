import { agreementSchemaText } from '#catalogue';
import { rulesMarkdown } from '#compliance/rules';
import { asyncApiText } from '#messaging';
import { configurationMarkdown, metricsMarkdown } from '#platform';
import { apiDocumentText } from '../../apps/ledger/openapi/api-document.js';
import { read } from './source-tree.js';

describe('generated documents', () => {
  it('docs/configuration.md is what the settings say; `npm run generate` writes it', () => {
    expect(read('docs/configuration.md')).toBe(configurationMarkdown());
  });

  it('docs/metrics.md is what the table of figures says; `npm run generate` writes it', () => {
    expect(read('docs/metrics.md')).toBe(metricsMarkdown());
  });

  it('docs/rules.md is what the rules say; `npm run generate` writes it', () => {
    expect(read('docs/rules.md')).toBe(rulesMarkdown());
  });

  it('docs/agreement.schema.json is what the catalogue says; `npm run generate` writes it', () => {
    expect(read('docs/agreement.schema.json')).toBe(agreementSchemaText());
  });

  it('docs/asyncapi.json is what the record stream sends; `npm run generate` writes it', () => {
    expect(read('docs/asyncapi.json') === asyncApiText()).toBe(true);
  });

  it('docs/openapi.json is what controllers and catalogue say; `npm run generate` writes it', async () => {
    // Texts of this length are compared as one: a diff of them would take longer than to write the file again.
    expect(read('docs/openapi.json') === (await apiDocumentText())).toBe(true);
  });
});
