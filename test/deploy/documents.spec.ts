import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settings } from '../../libs/platform/settings.js';
import { figures } from '#platform';

const documents = ['deploy/README.md', ...readdirSync('deploy/runbooks').map((name) => `deploy/runbooks/${name}`)];

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('leads to documents there are', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => join(dirname(document), link));
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });

  it('names settings and figures there are', () => {
    const names = Object.values(settings).map(({ name }) => name as string);
    expect((text.match(/NACHWEIS_[A-Z_]+/g) ?? []).filter((name) => !names.includes(name))).toEqual([]);
    const unknown = (text.match(/nachweis_(?:sequencer|relay|projector|tree)\w+/g) ?? []).filter(
      (name) => !(name.replace('nachweis_', '') in figures),
    );
    expect(unknown).toEqual([]);
  });

  it('names commands there are', () => {
    const commands = [...text.matchAll(/`?nachweis ([a-z]+) [a-z-]/g)].map(([, command = '']) => command);
    const sources = readdirSync('apps/cli').map((file) => join('apps/cli', file));
    const code = sources.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(file, 'utf8'));
    const known = code.flatMap((source) => [...source.matchAll(/\.command\('([a-z]+)'/g)].map(([, name]) => name));
    expect(commands.filter((command) => !known.includes(command))).toEqual([]);
  });
});
