import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader, SignJWT, UnsecuredJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { millisecondsOf } from '#kernel';
import type { Caller } from '../../support/caller.js';
import { RunningLedger } from '../../support/running-ledger.js';
import { planted, refused, type Refusal } from '../refusal.js';
import { entryLike, freshId, police, request, youthOffice } from '../sample-entries.js';

const school = 'school.example';
const origin = 'ledger.example/nachweis';
const unauthenticated: Refusal = { status: 401, code: 'unauthenticated' };
const forbidden: Refusal = { status: 403, code: 'forbidden' };
const notFound: Refusal = { status: 404, code: 'not-found' };

let running: RunningLedger;
let officer: Caller;
let issuerKey: KeyObject;
let header: JWTHeaderParameters;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, school);
  officer = await running.as('agency', police);
  issuerKey = createPrivateKey(readFileSync(join(running.directory, 'keys', 'token-issuer.pem')));
  header = decodeProtectedHeader(String(officer.token)) as JWTHeaderParameters;
});
afterAll(() => running.remove());

const entry = (differing = {}) => request({ data: { justification: planted }, ...differing });
const foreignKey = generateKeyPairSync('ed25519').privateKey;
const now = (): number => millisecondsOf(running.clock.now()) / 1000;
const good = (): JWTPayload => ({
  iss: origin,
  aud: origin,
  sub: planted,
  role: 'agency',
  agency: police,
  iat: now(),
  exp: now() + 3600,
});
/** A token as the ledger's own issuer would sign it, but for what differs. */
const signed = (
  claims: Readonly<Record<string, unknown>>,
  key: KeyObject | Uint8Array = issuerKey,
  more: Partial<JWTHeaderParameters> = {},
) =>
  new SignJWT({ ...good(), ...claims })
    .setProtectedHeader({ ...header, ...more })
    .sign(key, { crit: { 'urn:example:more': true } });

describe('A token', () => {
  test('of the ledger’s own issuer opens it, or the ones below would prove nothing', async () => {
    expect((await running.bearing(await signed({})).record(entry())).status).toBe(201);
  });

  const publicPem = (): Uint8Array => Buffer.from(createPublicKey(issuerKey).export({ type: 'spki', format: 'pem' }));
  const rawPublicKey = (): Uint8Array =>
    Buffer.from(createPublicKey(issuerKey).export({ format: 'jwk' }).x ?? '', 'base64url');
  const tampered = (token: string): string => {
    const [head, payload, signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as JWTPayload;
    const other = Buffer.from(JSON.stringify({ ...claims, agency: youthOffice })).toString('base64url');
    return [head, other, signature].join('.');
  };

  test.each<[what: string, token: () => string | undefined | Promise<string>]>([
    ['none at all', () => undefined],
    ['nonsense', () => planted],
    ['three empty parts', () => '..'],
    ['alg none', () => new UnsecuredJWT(good()).encode()],
    [
      'alg none over our signature',
      async () => tampered(await signed({})).replace(/^[^.]+/, Buffer.from('{"alg":"none"}').toString('base64url')),
    ],
    ['HS256 with the public key as PEM', () => signed({}, publicPem(), { alg: 'HS256' })],
    ['HS256 with the raw public key', () => signed({}, rawPublicKey(), { alg: 'HS256' })],
    ['expired', () => signed({ exp: now() - 1 })],
    ['expired this second', () => signed({ exp: now() })],
    ['without expiry', () => signed({ exp: undefined })],
    ['not valid yet', () => signed({ nbf: now() + 60 })],
    ['of another issuer', () => signed({ iss: 'issuer.example' })],
    ['of no issuer', () => signed({ iss: undefined })],
    ['of another key under our name', () => signed({}, foreignKey)],
    [
      'of another key it brings along',
      () => signed({}, foreignKey, { jwk: createPublicKey(foreignKey).export({ format: 'jwk' }) }),
    ],
    ['of a key elsewhere', () => signed({}, foreignKey, { jku: 'https://keys.example/jwks.json', kid: planted })],
    ['for another service', () => signed({ aud: 'other.example/nachweis' })],
    ['for nobody', () => signed({ aud: undefined })],
    ['changed after signing', async () => tampered(await signed({}))],
    ['cut short', async () => (await signed({})).slice(0, -3)],
    [
      'with an extension we do not know',
      () => signed({}, issuerKey, { crit: ['urn:example:more'], 'urn:example:more': 1 }),
    ],
    ['without subject', () => signed({ sub: undefined })],
    ['of an unknown role', () => signed({ role: 'admin' })],
    ['without role', () => signed({ role: undefined })],
    ['of two roles', () => signed({ role: ['agency', 'operator'] })],
    ['of no agency', () => signed({ agency: undefined })],
    ['of an agency that cannot be', () => signed({ agency: planted })],
    ['of the ledger itself', () => signed({ agency: 'ledger' })],
    ['of a regulator competent for nobody knows whom', () => signed({ role: 'regulator' })],
    ['of an agency that claims competence', () => signed({ competent_for: [youthOffice] })],
    ['with a control character in its subject', () => signed({ sub: 'a\nb' })],
  ])('is refused: %s', async (_what, token) => {
    const caller = running.bearing(await token());
    for (const send of [() => caller.record(entry()), () => caller.get('/v1/logs'), () => caller.get('/metrics')]) {
      const { headers } = await refused(running, send, unauthenticated);
      expect(headers['www-authenticate']).toBe('Bearer');
    }
  });

  test('is refused from the second on in which it expires, though it was good before', async () => {
    const caller = running.bearing(await signed({ exp: now() + 2 }));
    expect((await caller.get('/v1/logs')).status).toBe(200);
    running.clock.tick(2_000);
    await refused(running, () => caller.get('/v1/logs'), unauthenticated);
  });

  test('counts in the header Authorization only', async () => {
    const nobody = running.bearing(undefined);
    const token = await signed({});
    for (const headers of [
      { Authorization: `Basic ${token}` },
      { Authorization: token },
      { Cookie: `token=${token}` },
    ]) {
      await refused(running, () => nobody.get('/v1/logs', headers), unauthenticated);
    }
    await refused(running, () => nobody.get(`/v1/logs?access_token=${token}`), unauthenticated);
  });

  test('is needed for everything but health and the description of the API', async () => {
    const nobody = running.bearing(undefined);
    const id = freshId();
    const reads = [
      'logs',
      'logs/entries/checkpoint',
      'logs/entries/tile/0/000',
      `entries/${id}`,
      `entries/${id}/proof`,
    ];
    const views = ['inbox', `exchanges/${id}`, `trails/${id}`, `trails/${id}/content`];
    const lists = ['disclosures', 'flows', 'summary', 'accesses'].map((name) => `views/${name}`);
    for (const path of [...reads, ...views, ...lists]) {
      await refused(running, () => nobody.get(`/v1/${path}`), unauthenticated);
    }
    for (const path of ['entries', 'trails', 'subject-searches']) {
      await refused(running, () => nobody.post(`/v1/${path}`, {}), unauthenticated);
    }
    for (const path of ['/health/live', '/health/ready', '/v1/openapi.json', '/docs']) {
      expect([path, (await nobody.get(path)).status]).toEqual([path, 200]);
    }
  });
});

describe('The tokens of an outside issuer', () => {
  const issuer = 'https://issuer.example';
  const outside = (claims = {}): Promise<string> =>
    new SignJWT({ ...good(), iss: issuer, ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'outside' })
      .sign(foreignKey);
  const folder = mkdtempSync(join(tmpdir(), 'jwks-'));
  const file = join(folder, 'jwks.json');
  const jwk = { ...createPublicKey(foreignKey).export({ format: 'jwk' }), kid: 'outside', alg: 'EdDSA' };
  writeFileSync(file, JSON.stringify({ keys: [jwk] }));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('open a ledger that trusts its key set, and then no others do', async () => {
    const trusting = await RunningLedger.start({ environment: { NACHWEIS_JWKS: file, NACHWEIS_ISSUER: issuer } });
    expect((await trusting.bearing(await outside()).get('/v1/logs')).status).toBe(200);
    const own = await trusting.as('agency', police);
    const others = [
      own.token,
      await outside({ iss: origin }),
      await outside({ aud: issuer }),
      await signed({ iss: issuer }),
    ];
    for (const token of others) await refused(trusting, () => trusting.bearing(token).get('/v1/logs'), unauthenticated);
    await trusting.remove();
  });

  test('cannot be checked while its key set cannot be had: that is not the caller’s fault', async () => {
    const unreachable = { NACHWEIS_JWKS: 'http://127.0.0.1:9/jwks.json', NACHWEIS_ISSUER: issuer };
    const cut = await RunningLedger.start({ environment: unreachable });
    const token = await outside();
    const { headers } = await refused(cut, () => cut.bearing(token).get('/v1/logs'), {
      status: 503,
      code: 'issuer-unavailable',
    });
    expect(headers['retry-after']).toBe('5');
    await cut.remove();
  });
});

describe('What is not a caller’s to do is refused', () => {
  const trail = { log: 'entries' };
  const search = { kind: 'case', value: planted };
  const purpose = { 'Access-Purpose': 'lawfulness-check' };
  const asRegulator = (by: RunningLedger) => by.as('regulator', 'dpa.example', { competentFor: [police] });

  test.each<[what: string, send: () => Promise<Awaited<ReturnType<Caller['get']>>>]>([
    ['a data protection officer records', async () => (await running.as('dpo', police)).record(entry())],
    ['a regulator records', async () => (await asRegulator(running)).record(entry())],
    ['the operator records a request', async () => (await running.as('operator', 'host.example')).record(entry())],
    ['an agency admits another', () => officer.record(entryLike('AgencyAdmitted', { data: { name: planted } }))],
    ['an agency says who looked', () => officer.record(entryLike('LedgerAccessed'))],
    ['an agency reads the figures', () => officer.get('/metrics')],
    ['an agency asks who looked', () => officer.get('/v1/views/accesses')],
    ['the operator reads a view', async () => (await running.as('operator', 'host.example')).get('/v1/views/flows')],
    [
      'the operator reads an exchange',
      async () => (await running.as('operator', 'host.example')).get(`/v1/exchanges/${freshId()}`),
    ],
    ['the operator reads an inbox', async () => (await running.as('operator', 'host.example')).get('/v1/inbox')],
    [
      'the operator searches',
      async () => (await running.as('operator', 'host.example')).post('/v1/subject-searches', search, purpose),
    ],
    ['a regulator searches', async () => (await asRegulator(running)).post('/v1/subject-searches', search, purpose)],
    ['a regulator reads an inbox', async () => (await asRegulator(running)).get('/v1/inbox')],
    ['an agency orders a trail of entries', () => officer.post('/v1/trails', trail, purpose)],
    [
      'a data protection officer orders one',
      async () => (await running.as('dpo', police)).post('/v1/trails', trail, purpose),
    ],
    [
      'the operator orders one',
      async () => (await running.as('operator', 'host.example')).post('/v1/trails', trail, purpose),
    ],
  ])('%s', async (_what, send) => {
    await refused(running, send, forbidden);
  });

  test('an agency that was never admitted records', async () => {
    const stranger = await running.as('agency', 'stranger.example');
    const refusal = { status: 403, code: 'agency-not-admitted' };
    await refused(running, () => stranger.record(entry()), refusal);
    await refused(running, () => stranger.batch([entry(), entry()]), { ...refusal, pointers: [''], line: 1 });
  });

  test('a requester decides its own request, whatever the decision says of who asked', async () => {
    const exchange = freshId();
    await officer.record(entry({ exchange }));
    for (const requester of [police, youthOffice, { missing: 'unknown' }]) {
      const decision = entryLike('RequestDecided', { exchange, data: { requester, justification: planted } });
      await refused(running, () => officer.record(decision), forbidden);
    }
    const alone = entryLike('RequestDecided', { data: { requester: police, justification: planted } });
    await refused(running, () => officer.record(alone), forbidden);
  });

  test('an agency corrects what another one recorded', async () => {
    const first = entry();
    await officer.record(first);
    const correction = { corrects: first.id, justification: planted };
    const youth = await running.as('agency', youthOffice);
    const foreign = () => youth.record(entryLike('EntryCorrected', { data: correction }));
    await refused(running, foreign, forbidden);
    expect((await officer.record(entryLike('EntryCorrected', { data: correction }))).status).toBe(201);
  });

  test('an agency records in an exchange of others: for it, there is none', async () => {
    const exchange = freshId();
    await officer.record(entry({ exchange }));
    const teacher = await running.as('agency', school);
    await refused(running, () => teacher.record(entryLike('RequestAcknowledged', { exchange })), notFound);
    await refused(running, () => teacher.record(entry({ exchange })), notFound);
    await refused(running, () => teacher.get(`/v1/exchanges/${exchange}`), notFound);
    await officer.record(entryLike('InformationDisclosed', { exchange, data: { recipients: [school] } }));
    expect((await teacher.record(entryLike('FeedbackGiven', { exchange }))).status).toBe(201);
  });
});

describe('An id', () => {
  const taken: Refusal = { status: 409, code: 'id-taken' };

  test('that stands for other content is refused, and so is another agency’s, with the same words', async () => {
    const first = entry();
    await officer.record(first);
    const other = { ...first, data: { ...first.data, necessity: planted } };
    const own = await refused(running, () => officer.record(other), taken);
    const youth = await running.as('agency', youthOffice);
    const foreign = await refused(running, () => youth.record(first), taken);
    expect(foreign.text).toBe(own.text);
    const elsewhere = await refused(running, () => youth.record({ ...entry(), id: first.id }), taken);
    expect(elsewhere.text).toBe(own.text);
  });

  test('of the registry is refused for an entry, and the other way round', async () => {
    const operator = await running.as('operator', 'host.example');
    const admitted = entryLike('AgencyAdmitted', { data: { agency: 'clinic.example' } });
    await operator.record(admitted);
    await refused(running, () => officer.record({ ...entry(), id: admitted.id }), taken);
    const recorded = entry();
    await officer.record(recorded);
    await refused(running, () => operator.record({ ...admitted, id: recorded.id }), taken);
  });
});
