import { readFileSync } from 'node:fs';
import { readConfig } from '#platform';
import { RunningLedger } from '../support/running-ledger.js';

const readme = readFileSync('README.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('The README', () => {
  test('shows an entry that the ledger records as it stands', async () => {
    const shown = /-d '(\{[\s\S]*?\})'\n/.exec(readme)?.[1] ?? '';
    const running = await RunningLedger.start();
    try {
      const operator = await running.as('operator', 'host.example');
      expect((await operator.record(shown)).status).toBe(201);
      expect((await operator.record(shown)).status).toBe(200);
    } finally {
      await running.remove();
    }
  });

  test('shows settings of a cluster as the processes take them', () => {
    const shown = [...readme.matchAll(/(NACHWEIS_\w+)=('[^']*'|\S+)/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll("'", ''),
    ]);
    expect(shown.length).toBeGreaterThan(4);
    const config = readConfig(Object.fromEntries(shown) as Record<string, string>);
    expect(config).toMatchObject({ eventStore: expect.stringMatching(/^esdb:/), kafka: { length: 3 } });
  });

  test('names only scripts that exist', () => {
    const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(3);
    for (const name of [...named, 'test', 'start', 'prepare']) expect(scripts).toHaveProperty([name]);
  });

  test('names only paths of the API that are described', () => {
    const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Record<string, unknown> };
    const known = Object.keys(paths).map((path) => path.replaceAll(/\{\w+\}|\*/g, '…'));
    const named = [...readme.matchAll(/`(?:GET |POST )?(\/v1\/[^`?]*)/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(8);
    for (const path of named) expect(known).toContain(path.replaceAll(/\{\w+\}/g, '…'));
  });
});
