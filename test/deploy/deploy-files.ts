import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { settings } from '../../libs/platform/settings.js';

/** The text of a file below deploy/. */
export const deployed = (path: string): string => readFileSync(resolve('deploy', path), 'utf8');

const program = resolve('test/deploy/checks/.bin/checks');

if (!existsSync(program)) {
  process.stderr.write(
    'Skipped: what Helm, Kubernetes, Compose, BuildKit and Prometheus say about deploy/, because the checks are not ' +
      'built; `test/deploy/checks/build.sh` does it and needs Go.\n',
  );
}

/** A test that needs `checks`, the program with the libraries that read these files in production. */
export const itIsBuilt = existsSync(program) ? it : it.skip;

/** @returns what `checks` prints and what it complains about, nothing when all is well */
export function check(args: readonly string[], input = ''): { readonly output: string; readonly complaints: string } {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: resolve('deploy'),
    env: { NACHWEIS_ORIGIN: 'ledger.example.org/nachweis' },
    input,
    encoding: 'utf8',
  });
  return { output: stdout, complaints: status === 0 ? '' : stderr || 'it failed and does not say why' };
}

/** What is wrong with the settings a process would be started with; empty when it would take them all. */
export function wrongSettings(environment: Readonly<Record<string, string>>): readonly string[] {
  const known = new Map(Object.values(settings).map((setting) => [setting.name as string, setting]));
  return Object.entries(environment)
    .filter(([name]) => name.startsWith('NACHWEIS_'))
    .flatMap(([name, value]) => {
      const setting = known.get(name);
      if (setting === undefined) return [`${name} is no setting`];
      try {
        setting.parse(value);
        return [];
      } catch {
        return [`${name} cannot be ${value}: it is ${setting.form}`];
      }
    });
}

/** What each kind of process cannot start without in the cluster profile, by its first argument. */
export const needed: Readonly<Record<string, readonly string[]>> = {
  databases: ['NACHWEIS_KEYS', 'NACHWEIS_VIEWS', 'NACHWEIS_VAULT', 'NACHWEIS_VAULT_KEYS'],
  ledger: [
    'NACHWEIS_EVENT_STORE',
    'NACHWEIS_KEYS',
    'NACHWEIS_TRAILS',
    'NACHWEIS_VIEWS',
    'NACHWEIS_VAULT',
    'NACHWEIS_VAULT_KEYS',
  ],
  relay: ['NACHWEIS_EVENT_STORE', 'NACHWEIS_KAFKA', 'NACHWEIS_RELAY_LOG'],
  projector: ['NACHWEIS_KEYS', 'NACHWEIS_KAFKA', 'NACHWEIS_VIEWS', 'NACHWEIS_VAULT', 'NACHWEIS_VAULT_KEYS'],
};

/** What the relay of the entries needs beside that, and the one of the registry must not be given. */
export const neededForEntries: readonly string[] = ['NACHWEIS_KEYS', 'NACHWEIS_VAULT', 'NACHWEIS_VAULT_PASSWORD_FILE'];
