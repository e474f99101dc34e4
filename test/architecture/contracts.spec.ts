import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { foldersIn, read, root, sourcesBelow } from './source-tree.js';

const ports = ['event-store', 'vault', 'messaging'].filter((lib) => existsSync(join(root, 'libs', lib)));
const adapters = ports.flatMap((port) =>
  foldersIn(`libs/${port}`)
    .filter((name) => name !== 'testing')
    .map((name) => ({ port, folder: `libs/${port}/${name}` })),
);

const camelCase = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
/** Suites are called like the port, which is called like its lib except here. */
const suiteOf = (lib: string): string => `${lib === 'messaging' ? 'recordStream' : camelCase(lib)}Contract`;

describe('the contract of a port', () => {
  it.each(adapters)('is run on $folder', ({ port, folder }) => {
    const call = new RegExp(`^${suiteOf(port)}\\(`, 'm');
    const running = sourcesBelow(folder).filter(({ path, text }) => path.endsWith('.spec.ts') && call.test(text));
    expect(running).toHaveLength(1);
  });

  it.each(ports)('of %s takes a name and a way to open, and no option that could excuse an adapter', (port) => {
    const text = read(`libs/${port}/testing/contract.ts`);
    const signature = new RegExp(
      `export function ${suiteOf(port)}\\(name: string, open: \\(\\) => Promise<(\\w+)>\\): void`,
    ).exec(text);
    expect(signature).not.toBeNull();
    const opened = new RegExp(`export interface ${signature?.[1]} \\{([\\s\\S]*?)^\\}`, 'm').exec(text)?.[1];
    expect(opened).toBeDefined();
    expect(opened).not.toMatch(/\?:|: *(boolean|number|string|'|readonly)/);
  });

  it.each(ports)('of %s skips nothing', (port) => {
    const suites = sourcesBelow(`libs/${port}`).filter(({ path }) => /\/testing\/|\.spec\.ts$/.test(path));
    expect(
      suites.filter(({ text }) => /\b(it|test|describe)\.(skip|only|todo|failing)\b|\bx(it|describe)\(/.test(text)),
    ).toEqual([]);
  });
});
