import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidConfig, readConfig, StartRefused } from '#platform';
import { freePort } from '../../test/support/postgres-server.js';
import { openStores } from './open-stores.js';

const nobody = async (): Promise<string> => `postgres://somebody@127.0.0.1:${await freePort()}/views`;

describe('what a projector cannot start without', () => {
  it.each(['NACHWEIS_VIEWS', 'NACHWEIS_VAULT', 'NACHWEIS_VAULT_KEYS', 'NACHWEIS_KAFKA', 'NACHWEIS_EVENT_STORE'])(
    'is named: %s',
    async (name) => {
      const given: Record<string, string> = {
        NACHWEIS_VIEWS: await nobody(),
        NACHWEIS_VAULT: await nobody(),
        NACHWEIS_VAULT_KEYS: await nobody(),
        NACHWEIS_KAFKA: '127.0.0.1:1',
        NACHWEIS_EVENT_STORE: 'esdb://127.0.0.1:1?tls=false',
      };
      delete given[name];
      const refused = openStores(readConfig(given), [], () => {});
      await expect(refused).rejects.toThrow(InvalidConfig);
      await expect(refused).rejects.toThrow(name);
    },
  );

  it('is named with its host when it cannot be reached, and no password is told', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'projector-'));
    const passwordFile = join(directory, 'password');
    await writeFile(passwordFile, 'a secret');
    const views = await nobody();
    const config = readConfig({
      NACHWEIS_VIEWS: views,
      NACHWEIS_VIEWS_PASSWORD_FILE: passwordFile,
      NACHWEIS_VAULT: views,
      NACHWEIS_VAULT_KEYS: views,
      NACHWEIS_KAFKA: '127.0.0.1:1',
      NACHWEIS_EVENT_STORE: 'esdb://127.0.0.1:1?tls=false',
    });
    const refusal = await openStores(config, [], () => {}).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StartRefused);
    const { message } = refusal as StartRefused;
    expect(message).toContain('NACHWEIS_VIEWS');
    expect(message).toContain(new URL(views).host);
    expect(message).not.toContain('a secret');
    expect(message).not.toContain('\n');
    await rm(directory, { recursive: true });
  });
});
