import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { createLocalJWKSet } from 'jose';
import { TokenIssuer, TokenVerifier, type Caller } from '#access';
import { agencyId } from '#kernel';
import { NoToken, tokensFrom } from './bearer-tokens.js';
import { ledgerSettings } from './ledger-settings.js';
import { systemClock as clock } from './system-clock.js';
import { registerToken } from './token.js';

let data: string;
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'nachweis-'))));
afterEach(() => rmSync(data, { recursive: true }));

/** What `nachweis token` prints, without the terminal. */
async function printed(...given: readonly string[]): Promise<string> {
  const written: string[] = [];
  const { write } = process.stdout;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  registerToken(program, { NACHWEIS_DATA: data, NACHWEIS_ORIGIN: 'ledger.example/nachweis' });
  process.stdout.write = (text) => written.push(String(text)) > 0;
  try {
    await program.parseAsync(['token', ...given], { from: 'user' });
  } finally {
    process.stdout.write = write;
  }
  return written.join('');
}

async function callerBy(token: string, origin: string): Promise<Caller> {
  const issuer = await TokenIssuer.open({ directory: join(data, 'keys'), issuer: origin, audience: origin, clock });
  return new TokenVerifier({ keys: createLocalJWKSet(issuer.keySet), issuer: origin, audience: origin, clock }).verify(
    token,
  );
}

describe('nachweis token', () => {
  it('prints the bare token, which the ledger of the folder takes', async () => {
    const text = await printed('--agency', 'polizei.example', '--role', 'agency', '--subject', 'intake');
    expect(text).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    await expect(callerBy(text.trim(), 'ledger.example/nachweis')).resolves.toEqual({
      subject: 'intake',
      role: 'agency',
      agency: 'polizei.example',
      competentFor: [],
    });
  });

  it('names the agencies a regulator is competent for', async () => {
    const text = await printed(
      '--agency',
      'dpa.example',
      '--role',
      'regulator',
      '--competent-for',
      'a.example,b.example',
    );
    const caller = await callerBy(text.trim(), 'ledger.example/nachweis');
    expect(caller.competentFor).toEqual(['a.example', 'b.example']);
  });

  it('is for the ledger that the folder belongs to, whatever is configured', async () => {
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'origin'), 'first.example/ledger\n');
    const text = await printed('--agency', 'dpa.example', '--role', 'dpo');
    await expect(callerBy(text.trim(), 'first.example/ledger')).resolves.toMatchObject({ role: 'dpo' });
  });

  it.each([
    [['--agency', 'POLIZEI', '--role', 'agency']],
    [['--agency', 'ledger', '--role', 'agency']],
    [['--agency', 'polizei.example', '--role', 'admin']],
    [['--agency', 'polizei.example', '--role', 'agency', '--competent-for', 'a.example']],
    [['--agency', 'dpa.example', '--role', 'regulator']],
    [['--agency', 'polizei.example', '--role', 'agency', '--hours', 'many']],
    [['--agency', 'polizei.example', '--role', 'agency', '--hours', '-1']],
  ])('ends with 64 for %j', async (given) => {
    await expect(printed(...given)).rejects.toMatchObject({ exitCode: 64 });
    await expect(printed(...given)).rejects.toThrow(CommanderError);
  });
});

describe('tokens from a file', () => {
  it('are found by what they say of themselves', async () => {
    const file = join(data, 'tokens');
    const police = await printed('--agency', 'polizei.example', '--role', 'agency');
    const operator = await printed('--agency', 'host.example', '--role', 'operator');
    writeFileSync(file, `${police}\n${operator}`);
    const tokens = tokensFrom(file);
    const of = (role: 'agency' | 'operator', agency: string) => tokens.tokenFor({ role, agency: agencyId(agency) });
    await expect(of('agency', 'polizei.example')).resolves.toBe(police.trim());
    await expect(of('operator', 'operator.example')).resolves.toBe(operator.trim());
    await expect(of('agency', 'schule.example')).rejects.toThrow(NoToken);
  });

  it('must be tokens', () => {
    const file = join(data, 'tokens');
    writeFileSync(file, 'not.a.token\n');
    expect(() => tokensFrom(file)).toThrow('line 1');
  });
});

describe('the ledger of this machine', () => {
  it.each([
    ['0.0.0.0', 'http://127.0.0.1:9'],
    ['::', 'http://[::1]:9'],
    ['::1', 'http://[::1]:9'],
    ['ledger.example', 'http://ledger.example:9'],
  ])('listening on %s is found at %s', (host, url) => {
    expect(ledgerSettings({ NACHWEIS_DATA: data, NACHWEIS_HOST: host, NACHWEIS_PORT: '9' }).url).toBe(url);
  });
});
