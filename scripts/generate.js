// Writes the documents that are derived from code. Run after a build; what it changes belongs into the same commit.
import { writeFileSync } from 'node:fs';
import { configurationMarkdown } from '#platform';

const documents = {
  'docs/configuration.md': configurationMarkdown(),
};

for (const [file, text] of Object.entries(documents)) writeFileSync(file, text);
