import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { check, deployed, itIsBuilt } from './deploy-files.js';

describe('the image', () => {
  const dockerfile = deployed('Dockerfile');
  const [, last = ''] = dockerfile.split(/^FROM (?=\S+$)/m);

  it('is built in stages, and the last one has no source and no tool to build', () => {
    expect(dockerfile.match(/^FROM /gm)).toHaveLength(2);
    expect(last).toContain('COPY --from=build');
    expect(last).not.toMatch(/npm |COPY (libs|apps|test)|apt-get/);
  });

  it('runs as a user by number, so that Kubernetes can see it is not root', () => {
    expect(last).toMatch(/^USER 1000:1000$/m);
  });

  it('takes no secret while it is built', () => {
    expect(dockerfile).not.toMatch(/password|token|secret/i);
  });

  it('starts every process there is', () => {
    const start = deployed('image/nachweis');
    const named = [...start.matchAll(/^([a-z| ]+)\) exec/gm)].flatMap(([, words = '']) => words.split(' | '));
    for (const name of [...named, 'cli']) expect(existsSync(`apps/${name}/main.ts`)).toBe(true);
    expect(named).toEqual(['ledger', 'relay', 'projector']);
  });

  it('copies only what is in its context', () => {
    const allowed =
      deployed('Dockerfile.dockerignore')
        .match(/^!.*$/gm)
        ?.map((line) => line.slice(1)) ?? [];
    const copied = [...dockerfile.matchAll(/^COPY (?!--)(.*) \S+$/gm)].flatMap(([, sources = '']) =>
      sources.split(' '),
    );
    for (const source of copied) {
      expect(existsSync(source)).toBe(true);
      expect(allowed.some((path) => `${path}/`.startsWith(`${source}/`) || source.startsWith(`${path}/`))).toBe(true);
    }
  });

  itIsBuilt('is described in a way BuildKit has nothing to complain about', () => {
    expect(check(['dockerfile', 'Dockerfile']).complaints).toBe('');
  });
});

describe('the scripts of deploy/', () => {
  const scripts = readdirSync('deploy', { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && (file.name.endsWith('.sh') || file.parentPath.endsWith('image')))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !/\/\.(?:jars|data)\//.test(path));

  it.each(scripts)('%s can be run and read by its shell', (path) => {
    const [shell = ''] = /(?<=^#!)\S+/.exec(deployed(path.replace(/^deploy\//, ''))) ?? [];
    expect(statSync(path).mode & 0o111).not.toBe(0);
    expect(spawnSync(shell, ['-n', path], { encoding: 'utf8' }).stderr).toBe('');
  });
});
