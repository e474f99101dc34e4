import { configurationMarkdown } from '#platform';
import { read } from './source-tree.js';

describe('generated documents', () => {
  it('docs/configuration.md is what the settings say; `npm run generate` writes it', () => {
    expect(read('docs/configuration.md')).toBe(configurationMarkdown());
  });
});
