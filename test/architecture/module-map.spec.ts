import { foldersIn, read, sourcesBelow } from './source-tree.js';

const vague = ['base', 'common', 'constants', 'dto', 'helpers', 'interfaces', 'shared', 'types', 'utils'];

/** The folders that the section `Module map` names: each at the start of its line. */
function modulesNamed(document: string): string[] {
  const section = document.split(/^## /m).find((text) => text.startsWith('Module map')) ?? '';
  return [...section.matchAll(/^\W*`((?:apps|libs)\/[a-z-]+)\/?`/gm)].map(([, folder]) => String(folder)).sort();
}

describe('the module map', () => {
  it('names every folder of apps and libs, each once, and nothing else', () => {
    const folders = ['apps', 'libs'].flatMap((above) => foldersIn(above).map((name) => `${above}/${name}`));
    expect(modulesNamed(read('ARCHITECTURE.md'))).toEqual(folders.sort());
  });

  it('is short enough to be read', () => {
    expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThan(200);
  });

  it('is read from its own section only', () => {
    const document =
      '# A\n`libs/x` is old\n## Module map\n- `libs/b/` — b\n| `apps/a` | uses `libs/c` |\n## End\n`libs/d`';
    expect(modulesNamed(document)).toEqual(['apps/a', 'libs/b']);
  });
});

describe('folders', () => {
  it('have names that say what is in them', () => {
    const paths = sourcesBelow('apps', 'libs', 'test').map(({ path }) => path);
    const folders = new Set(paths.flatMap((path) => path.split('/').slice(0, -1)));
    expect([...folders].filter((name) => vague.includes(name))).toEqual([]);
  });

  it('hold no file that is named for being of use to many', () => {
    const files = sourcesBelow('apps', 'libs', 'test').map(({ path }) => path);
    expect(files.filter((path) => vague.includes(/([^/.]+)\.[^/]*$/.exec(path)?.[1] ?? ''))).toEqual([]);
  });
});
