import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  base64url,
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTVerifyGetKey,
} from 'jose';
import { agencyId, DomainError, instantAt, type Clock } from '#kernel';
import {
  accessPurpose,
  InvalidClaims,
  secretFrom,
  TokenIssuer,
  TokenVerifier,
  UnsafeKeyFile,
  type TokenRequest,
} from '#access';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const start = Date.UTC(2026, 10, 22, 10);
const audience = 'ledger.example/nachweis';
const worker: TokenRequest = { subject: 'case-system', role: 'agency', agency: agencyId('police'), lifetime: 60 };

let milliseconds = start;
const clock: Clock = { now: () => instantAt(milliseconds) };
let directory: string;
let issuer: TokenIssuer;
let verifier: TokenVerifier;

const options = () => ({ directory, issuer: audience, audience, clock });
const verifierOf = (keys: JWTVerifyGetKey, cacheSize?: number): TokenVerifier =>
  new TokenVerifier({ keys, issuer: audience, audience, clock, ...(cacheSize !== undefined && { cacheSize }) });

beforeEach(async () => {
  milliseconds = start;
  directory = mkdtempSync(join(tmpdir(), 'nachweis-keys-'));
  issuer = await TokenIssuer.open(options());
  verifier = verifierOf(createLocalJWKSet(issuer.keySet));
});

afterEach(() => rmSync(directory, { recursive: true }));

async function refusalOf(token: string, by = verifier): Promise<DomainError> {
  const error: unknown = await by.verify(token).then(
    () => new Error('was accepted'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw error;
  return error;
}

describe('a token of the ledger', () => {
  it('says who calls, until it expires', async () => {
    const token = await issuer.mint(worker);
    const caller = { subject: 'case-system', role: 'agency', agency: 'police', competentFor: [] };
    await expect(verifier.verify(token)).resolves.toEqual(caller);
    milliseconds += 59_999;
    await expect(verifier.verify(token)).resolves.toEqual(caller);
    milliseconds += 1;
    expect(await refusalOf(token)).toMatchObject({ code: 'unauthenticated', message: 'the token has expired' });
  });

  it('names the agencies a regulator is competent for, each once', async () => {
    const competentFor = ['police', 'school', 'police'].map(agencyId);
    const token = await issuer.mint({ ...worker, role: 'regulator', agency: agencyId('supervisor'), competentFor });
    await expect(verifier.verify(token)).resolves.toMatchObject({
      agency: 'supervisor',
      competentFor: ['police', 'school'],
    });
  });

  it('still verifies after a restart, and another process mints with the same key', async () => {
    const token = await (await TokenIssuer.open(options())).mint(worker);
    await expect(verifier.verify(token)).resolves.toBeDefined();
  });

  it('is not minted for what no caller can be', async () => {
    await expect(issuer.mint({ ...worker, agency: agencyId('ledger') })).rejects.toThrow(InvalidClaims);
    await expect(issuer.mint({ ...worker, subject: 'a\0b' })).rejects.toThrow(InvalidClaims);
    await expect(issuer.mint({ ...worker, lifetime: 0 })).rejects.toThrow(RangeError);
    await expect(issuer.mint({ ...worker, lifetime: 1e9 })).rejects.toThrow(RangeError);
  });
});

describe('a key file', () => {
  it('is its owner’s alone, and nothing else is left beside it', () => {
    expect(readdirSync(directory)).toEqual(['token-issuer.pem']);
    expect(statSync(join(directory, 'token-issuer.pem')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, 'token-issuer.pem'), 'utf8')).toContain('BEGIN PRIVATE KEY');
  });

  it('that others may read is not used', async () => {
    chmodSync(join(directory, 'token-issuer.pem'), 0o640);
    await expect(TokenIssuer.open(options())).rejects.toThrow(UnsafeKeyFile);
  });

  it('holds the secret of whoever came first', () => {
    const path = join(directory, 'race');
    const raced = secretFrom(path, () => {
      secretFrom(path, () => 'first');
      return 'second';
    });
    expect(raced).toBe('first');
    expect(readdirSync(directory)).toEqual(['race', 'token-issuer.pem']);
  });
});

describe('a token is refused', () => {
  const claims = { sub: 's', role: 'agency', agency: 'police', iss: audience, aud: audience, exp: start / 1000 + 60 };

  async function signed(payload: object, header: object = {}): Promise<{ token: string; verifier: TokenVerifier }> {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const token = await new SignJWT({ ...payload }).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(privateKey);
    return { token, verifier: verifierOf(createLocalJWKSet({ keys: [await exportJWK(publicKey)] })) };
  }

  it('never when all its claims are right', async () => {
    const { token, verifier } = await signed(claims);
    await expect(verifier.verify(token)).resolves.toMatchObject({ role: 'agency' });
  });

  it.each<[string, object]>([
    ['of a foreign issuer', { ...claims, iss: 'https://id.example' }],
    ['for another audience', { ...claims, aud: 'other.example/nachweis' }],
    ['without audience', { ...claims, aud: undefined }],
    ['expired', { ...claims, exp: start / 1000 }],
    ['without expiry', { ...claims, exp: undefined }],
    ['with an expiry that is no number', { ...claims, exp: '9999999999' }],
    ['not yet valid', { ...claims, nbf: start / 1000 + 1 }],
    ['without subject', { ...claims, sub: undefined }],
    ['with an empty subject', { ...claims, sub: '' }],
    ['with a subject that cannot be recorded', { ...claims, sub: 'a\u0000' }],
    ['with a subject that is no text', { ...claims, sub: 7 }],
    ['without role', { ...claims, role: undefined }],
    ['with an unknown role', { ...claims, role: 'admin' }],
    ['with several roles', { ...claims, role: ['agency', 'dpo'] }],
    ['with the name of a property as role', { ...claims, role: 'constructor' }],
    ['without body', { ...claims, agency: undefined }],
    ['with a body that is no id', { ...claims, agency: 'Police' }],
    ['in the name of the ledger', { ...claims, agency: 'ledger' }],
    ['of a case worker who supervises', { ...claims, competent_for: ['school'] }],
    ['of a regulator of nobody knows whom', { ...claims, role: 'regulator' }],
    ['of a regulator of a text', { ...claims, role: 'regulator', competent_for: 'police,school' }],
    ['of a regulator of a wrong id', { ...claims, role: 'regulator', competent_for: ['police', 'a b'] }],
    ['of a regulator of the ledger', { ...claims, role: 'regulator', competent_for: ['ledger'] }],
  ])('%s', async (_what, payload) => {
    const { token, verifier } = await signed(payload);
    expect((await refusalOf(token, verifier)).code).toBe('unauthenticated');
  });

  it('without signature (alg: none), also when the header writes it otherwise', async () => {
    const unsecured = new UnsecuredJWT(claims).encode();
    const [, payload] = unsecured.split('.');
    for (const alg of ['none', 'None', 'NONE', '']) {
      const header = base64url.encode(JSON.stringify({ alg }));
      expect((await refusalOf(`${header}.${payload}.`)).code).toBe('unauthenticated');
    }
    expect((await refusalOf(unsecured)).code).toBe('unauthenticated');
  });

  it('when a shared secret made from the public key signs it', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(issuer.keySet.keys[0]));
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret);
    expect((await refusalOf(token)).code).toBe('unauthenticated');
  });

  it('when it brings its own key', async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const jwk = await exportJWK(publicKey);
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', jwk }).sign(privateKey);
    expect((await refusalOf(token)).code).toBe('unauthenticated');
  });

  it('at every single changed character', async () => {
    const token = await issuer.mint(worker);
    for (let index = 0; index < token.length; index += 1) {
      // Flips the highest of six bits: the lowest of the last character stand for nothing.
      const place = alphabet.indexOf(token.charAt(index));
      const other = place === -1 ? 'A' : alphabet.charAt((place + 32) % 64);
      const changed = token.slice(0, index) + other + token.slice(index + 1);
      expect((await refusalOf(changed)).code).toBe('unauthenticated');
    }
  });

  it.each(['', 'x', '..', 'a.b.c', 'a.b.c.d.e', '{}', `${'a'.repeat(5000)}.b.c`])('when it is %j', async (token) => {
    expect((await refusalOf(token)).code).toBe('unauthenticated');
  });

  it('without a word about what it said', async () => {
    const { token, verifier } = await signed({ ...claims, sub: 'Erika Mustermann', iss: 'https://secret.example' });
    const { message, faults } = await refusalOf(token, verifier);
    expect(message + JSON.stringify(faults)).not.toMatch(/Erika|secret/);
  });
});

describe('verified tokens', () => {
  it('are remembered: the second look needs no key', async () => {
    let looked = 0;
    const local = createLocalJWKSet(issuer.keySet);
    const counting = verifierOf((header, token) => {
      looked += 1;
      return local(header, token);
    });
    const token = await issuer.mint(worker);
    await counting.verify(token);
    await counting.verify(token);
    expect(looked).toBe(1);
    milliseconds += 60_000;
    await refusalOf(token, counting);
    expect(looked).toBe(2);
  });

  it('are forgotten, the longest unused first, so that memory stays bounded', async () => {
    const looked: string[] = [];
    const local = createLocalJWKSet(issuer.keySet);
    const small = verifierOf((header, token) => {
      looked.push(String(token.payload).slice(0, 8));
      return local(header, token);
    }, 2);
    const [a, b, c] = await Promise.all([issuer.mint(worker), issuer.mint(worker), issuer.mint(worker)]);
    for (const token of [a, b, a, c]) await small.verify(token);
    expect(looked).toHaveLength(3);
    await small.verify(a);
    expect(looked).toHaveLength(3);
    await small.verify(b);
    expect(looked).toHaveLength(4);
  });

  it('do not vouch for refused ones', async () => {
    const token = await issuer.mint({ ...worker, lifetime: 1 });
    milliseconds += 1000;
    await refusalOf(token);
    expect((await refusalOf(token)).code).toBe('unauthenticated');
  });
});

describe('when the issuer’s keys cannot be had', () => {
  it.each<[string, JWTVerifyGetKey]>([
    ['because nobody answers', () => Promise.reject(new TypeError('fetch failed'))],
    ['in time', () => Promise.reject(new errors.JWKSTimeout())],
    ['at a closed port', createRemoteJWKSet(new URL('http://127.0.0.1:1/jwks'))],
  ])('%s, the caller is asked to come again', async (_why, keys) => {
    const token = await issuer.mint(worker);
    expect((await refusalOf(token, verifierOf(keys))).code).toBe('issuer-unavailable');
  });
});

describe('a purpose of access', () => {
  const isPurpose = (text: string): text is 'self-monitoring' => text === 'self-monitoring';

  it('comes from the vocabulary or is not stated at all', () => {
    expect(accessPurpose('self-monitoring', isPurpose)).toBe('self-monitoring');
    expect(accessPurpose(undefined, isPurpose)).toBeUndefined();
    for (const header of [
      '',
      'curiosity',
      'Self-Monitoring',
      'self-monitoring, self-monitoring',
      ['self-monitoring'],
    ]) {
      expect(() => accessPurpose(header, isPurpose)).toThrow(DomainError);
    }
  });
});
