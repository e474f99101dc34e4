import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { Controller, Get, HttpCode, Module, Post, Req, Res, type INestApplication } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { TokenVerifier, type Caller } from '#access';
import { StoreUnavailable } from '#event-store';
import { DomainError, instantAt, type Clock } from '#kernel';
import {
  AuthenticationGuard,
  bodyLimits,
  bodyOf,
  createLogger,
  CurrentCaller,
  failuresTo,
  httpServer,
  Metrics,
  observeRequests,
  openCursor,
  parseStrict,
  ProblemFilter,
  Public,
  splitLines,
  waitPreference,
  type Problem,
} from '#platform';

const now = Date.UTC(2026, 10, 22, 10);
const clock: Clock = { now: () => instantAt(now) };
const origin = 'ledger.example/nachweis';
const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
const verifier = new TokenVerifier({
  keys: createLocalJWKSet({ keys: [await exportJWK(publicKey)] }),
  issuer: origin,
  audience: origin,
  clock,
});

const stored: unknown[] = [];
const logged: string[] = [];

@Controller('v1')
class Entries {
  @Post('entries')
  @HttpCode(201)
  record(@Req() request: FastifyRequest): object {
    waitPreference(request.headers['prefer']);
    const { type, bytes } = bodyOf(request, 'application/json', 'application/x-ndjson');
    const lines = type === 'application/json' ? [bytes] : splitLines(bytes);
    const values = lines.map((line, index) => parseStrict(line, type === 'application/json' ? undefined : index + 1));
    stored.push(...values);
    return { stored: values.length };
  }

  @Get('description')
  @Public()
  description(): object {
    return { openapi: '3.1.0' };
  }

  @Get('me')
  me(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }

  @Get('entries/:id')
  fail(
    @Req() request: FastifyRequest<{ Params: { id: string } }>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): never {
    reply.header('ETag', '"1"').header('Content-Type', 'text/plain');
    const { id } = request.params;
    throw id in errors ? errors[id] : new DomainError('not-found', 'no such entry');
  }

  @Get('list')
  list(@Req() request: FastifyRequest<{ Querystring: { cursor: string } }>): unknown {
    return openCursor(request.query.cursor, { key: Buffer.alloc(32), scope: 'list' });
  }
}

const errors: Record<string, unknown> = {
  bug: new TypeError('cannot read Erika of undefined'),
  text: 'Erika',
  nothing: null,
  store: new StoreUnavailable('ENOSPC: /data/entries.sqlite'),
  queue: new DomainError('queue-full', '4096 entries of Erika wait'),
  pending: new DomainError('not-integrated', 'not yet under a checkpoint'),
  taken: new DomainError('id-taken', 'the id is taken', [
    { pointer: '/id', detail: 'belongs to another entry', line: 3 },
  ]),
};

@Module({
  controllers: [Entries],
  providers: [
    { provide: TokenVerifier, useValue: verifier },
    { provide: APP_GUARD, useClass: AuthenticationGuard },
  ],
})
class Application {}

const metrics = new Metrics();
const destination = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    logged.push(String(chunk));
    done();
  },
});
let app: NestFastifyApplication & INestApplication;
let token: string;

const claims = { sub: 's', role: 'agency', agency: 'police', iss: origin, aud: origin, exp: now / 1000 + 60 };
const signed = (payload: object, key = privateKey): Promise<string> =>
  new SignJWT({ ...payload }).setProtectedHeader({ alg: 'EdDSA' }).sign(key);

beforeAll(async () => {
  token = await signed(claims);
  const logger = createLogger('debug', destination);
  app = await NestFactory.create<NestFastifyApplication>(Application, httpServer(), {
    bodyParser: false,
    logger: false,
  });
  app.useGlobalFilters(new ProblemFilter(failuresTo(logger)));
  observeRequests(app.getHttpAdapter().getInstance(), metrics, logger);
  await app.listen(0, '127.0.0.1');
});

afterAll(() => app.close());

beforeEach(() => {
  stored.splice(0);
  logged.splice(0);
});

type Sent = { type?: string; body?: string | Buffer; headers?: Record<string, string> };

const post = ({ type = 'application/json', body = '{}', headers = {} }: Sent) =>
  app.inject({
    method: 'POST',
    url: '/v1/entries',
    headers: { authorization: `Bearer ${token}`, 'content-type': type, ...headers },
    payload: body,
  });

const get = (url: string, authorization: string | undefined = `Bearer ${token}`) =>
  app.inject({ method: 'GET', url, headers: authorization === '' ? {} : { authorization } });

function problemIn(answer: Awaited<ReturnType<typeof get>>): Problem {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const document = answer.json<Problem>();
  expect(document.status).toBe(answer.statusCode);
  expect(document.type).toBe(`urn:problem-type:nachweis:${document.code}`);
  return document;
}

describe('a body', () => {
  const largest = bodyLimits['application/json'];
  const lines = bodyLimits['application/x-ndjson'];

  it('is taken as JSON and as a batch, up to its limit', async () => {
    expect((await post({ body: '{"a":1}' })).statusCode).toBe(201);
    expect((await post({ type: 'Application/JSON; charset=UTF-8' })).statusCode).toBe(201);
    expect((await post({ type: 'application/x-ndjson', body: '{}\n{}\n' })).json()).toEqual({ stored: 2 });
    expect((await post({ body: `"${'a'.repeat(largest - 2)}"` })).statusCode).toBe(201);
    expect((await post({ headers: { 'content-encoding': 'identity' } })).statusCode).toBe(201);
  });

  const ndjson = 'application/x-ndjson';
  const refused: [string, Sent, number, string, object?][] = [
    ['that is not JSON', { body: '{"id":' }, 400, 'malformed-json', { pointer: '' }],
    ['that is empty', { body: '' }, 400, 'malformed-json', { pointer: '' }],
    ['with a byte order mark', { body: '\ufeff{}' }, 400, 'malformed-json', { pointer: '' }],
    ['that is not UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }, 400, 'malformed-json', { pointer: '' }],
    ['with a name twice', { body: '{"data":{"a":1,"a":1}}' }, 400, 'malformed-json', { pointer: '/data/a' }],
    ['with __proto__', { body: '{"__proto__":{}}' }, 400, 'malformed-json', { pointer: '/__proto__' }],
    ['with a lone surrogate', { body: '{"a":"\\ud800"}' }, 400, 'malformed-json', { pointer: '/a' }],
    ['with U+0000', { body: '{"a":"\\u0000"}' }, 400, 'malformed-json', { pointer: '/a' }],
    ['with 2^53', { body: '{"a":9007199254740992}' }, 400, 'malformed-json', { pointer: '/a' }],
    ['100 levels deep', { body: '['.repeat(100) + ']'.repeat(100) }, 400, 'malformed-json'],
    ['131,072 levels deep', { body: '['.repeat(131_072) + ']'.repeat(131_072) }, 400, 'malformed-json'],
    ['one byte too large', { body: `"${'a'.repeat(largest - 1)}"` }, 413, 'too-large'],
    ['that is a batch one byte too large', { type: ndjson, body: `"${'a'.repeat(lines - 2)}"\n` }, 413, 'too-large'],
    ['of 401 lines', { type: ndjson, body: '{}\n'.repeat(401) }, 413, 'too-large', { line: 401 }],
    ['with a blank line', { type: ndjson, body: '{}\n\n{}\n' }, 400, 'malformed-ndjson', { line: 2 }],
    ['with CRLF', { type: ndjson, body: '{}\r\n' }, 400, 'malformed-ndjson', { line: 1 }],
    ['without final line feed', { type: ndjson, body: '{}\n{}' }, 400, 'malformed-ndjson', { line: 2 }],
    [
      'with a malformed line',
      { type: ndjson, body: '{}\n{"a":1,"a":2}\n' },
      400,
      'malformed-json',
      { pointer: '/a', line: 2 },
    ],
    ['that is a form', { type: 'application/x-www-form-urlencoded', body: 'a=1' }, 415, 'unsupported-media-type'],
    ['that is plain text', { type: 'text/plain' }, 415, 'unsupported-media-type'],
    ['of a media type that only begins alike', { type: 'application/jsonp' }, 415, 'unsupported-media-type'],
    ['without a readable media type', { type: 'json' }, 415, 'unsupported-media-type'],
    ['in another charset', { type: 'application/json; charset=latin1' }, 415, 'unsupported-media-type'],
    ['with a content coding', { headers: { 'content-encoding': 'gzip' } }, 415, 'unsupported-encoding'],
    ['with two content codings', { headers: { 'content-encoding': 'identity, gzip' } }, 415, 'unsupported-encoding'],
    ['with a wait below zero', { headers: { prefer: 'wait=-1' } }, 400, 'malformed-request', { pointer: '/Prefer' }],
    ['with a wait without end', { headers: { prefer: 'wait=1e9' } }, 400, 'malformed-request', { pointer: '/Prefer' }],
  ];

  it.each(refused.map(([what, sent, status, code, fault]) => ({ what, sent, status, code, fault })))(
    '$what gets a problem document and nothing is stored',
    async ({ sent, status, code, fault }) => {
      const document = problemIn(await post(sent));
      expect(document).toMatchObject({ status, code, ...(fault !== undefined && { errors: [fault] }) });
      expect(stored).toEqual([]);
    },
  );

  it('that is missing is refused', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/entries',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(problemIn(answer)).toMatchObject({ status: 400, code: 'malformed-request' });
  });

  it('that is chunked and too large is refused before it has arrived', async () => {
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
    const answer = await raw(`${head(`transfer-encoding: chunked`)}${chunk.repeat(6)}`);
    expect(answer).toContain('HTTP/1.1 413');
    expect(stored).toEqual([]);
  });
});

const head = (...fields: string[]): string =>
  [
    'POST /v1/entries HTTP/1.1',
    'host: x',
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    ...fields,
    '',
    '',
  ].join('\r\n');

/** Sends bytes as they are and reads the answer to its end, or cuts the connection until the server has noticed. */
async function raw(text: string, cut = false): Promise<string> {
  const server = app.getHttpServer();
  const { port } = server.address() as AddressInfo;
  const noticed = once(server, 'connection').then(([accepted]: Socket[]) => accepted && once(accepted, 'close'));
  let answer = '';
  const socket = connect(port, '127.0.0.1', () => socket.write(text, () => cut && socket.destroy()));
  socket.on('data', (chunk) => (answer += String(chunk)));
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await Promise.all([noticed, closed]);
  return answer;
}

describe('what is hardly HTTP', () => {
  it('an upload that is cut stores nothing, and the next one is served', async () => {
    await raw(`${head('content-length: 20')}{"a":1}`, true);
    await raw(`${head('transfer-encoding: chunked')}7\r\n{"a":1}\r\n`, true);
    expect((await post({ body: '{"a":2}' })).statusCode).toBe(201);
    expect(stored).toEqual([{ a: 2 }]);
  });

  it.each([
    'nonsense\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: x\r\na b: c\r\n\r\n',
    'POST /v1/entries HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ])('%j is answered with a problem document', async (text) => {
    const answer = await raw(text);
    expect(answer).toContain('HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ code: 'malformed-request' });
  });

  it.each(['/%', '/v1/entries/%ff', '/v1/entries/%c0%80'])('the address %s is refused, not a failure', async (url) => {
    const answer = await raw(
      `GET ${url} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer ${token}\r\n\r\n`,
    );
    expect(answer).toMatch(/HTTP\/1.1 4\d\d/);
    expect(answer).toContain('application/problem+json');
  });

  it('an address longer than any route is refused, not a failure', async () => {
    expect(problemIn(await get(`/v1/entries/${'a'.repeat(5000)}`)).status).toBeLessThan(500);
  });
});

describe('a caller', () => {
  const foreignKey = generateKeyPair('EdDSA');

  it('is who the token says', async () => {
    expect((await get('/v1/me')).json()).toEqual({ subject: 's', role: 'agency', agency: 'police', competentFor: [] });
    expect((await get('/v1/me', `bearer ${token}`)).statusCode).toBe(200);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['without token', () => ''],
    ['with another scheme', () => `Basic ${token}`],
    ['with an empty token', () => 'Bearer '],
    ['with a token and more', () => `Bearer ${token} x`],
    ['with two tokens', () => `Bearer ${token}, Bearer ${token}`],
    ['with a token that is none', () => 'Bearer abc'],
    ['with alg: none', () => `Bearer ${new UnsecuredJWT(claims).encode()}`],
    ['of a foreign key', async () => `Bearer ${await signed(claims, (await foreignKey).privateKey)}`],
    ['of a foreign issuer', async () => `Bearer ${await signed({ ...claims, iss: 'https://id.example' })}`],
    ['for another audience', async () => `Bearer ${await signed({ ...claims, aud: 'other.example' })}`],
    ['with an expired token', async () => `Bearer ${await signed({ ...claims, exp: now / 1000 - 1 })}`],
    ['with a token for later', async () => `Bearer ${await signed({ ...claims, nbf: now / 1000 + 30 })}`],
    ['with a wrong role', async () => `Bearer ${await signed({ ...claims, role: 'root' })}`],
  ])('%s gets 401 and a challenge', async (_what, authorization) => {
    const answer = await get('/v1/me', await authorization());
    expect(problemIn(answer)).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('may be anybody where the route says so, with whatever token', async () => {
    for (const authorization of ['', 'Bearer x']) {
      expect((await get('/v1/description', authorization)).statusCode).toBe(200);
    }
  });

  it('is needed to record as well', async () => {
    const answer = await post({ headers: { authorization: 'Bearer x' } });
    expect(problemIn(answer).status).toBe(401);
    expect(stored).toEqual([]);
  });
});

describe('an error', () => {
  it.each<[string, number, string, string | undefined]>([
    ['unknown', 404, 'not-found', undefined],
    ['pending', 404, 'not-integrated', '1'],
    ['queue', 503, 'queue-full', '1'],
    ['store', 503, 'store-unavailable', '5'],
    ['bug', 500, 'internal-error', undefined],
    ['text', 500, 'internal-error', undefined],
    ['nothing', 500, 'internal-error', undefined],
  ])('%s is answered %s %s', async (id, status, code, retryAfter) => {
    const answer = await get(`/v1/entries/${id}`);
    expect(problemIn(answer)).toMatchObject({ status, code });
    expect(answer.headers['retry-after']).toBe(retryAfter);
    expect(answer.headers.etag).toBeUndefined();
    expect(answer.body).not.toMatch(/Erika|sqlite/);
  });

  it('keeps its faults with pointer and line', async () => {
    expect(problemIn(await get('/v1/entries/taken'))).toMatchObject({
      status: 409,
      detail: 'the id is taken',
      errors: [{ pointer: '/id', detail: 'belongs to another entry', line: 3 }],
    });
  });

  it('of the ledger is logged without what was sent; a mistake of a caller is no failure', async () => {
    await get('/v1/entries/bug?name=Erika');
    await get('/v1/entries/taken');
    const failures = logged.filter((line) => line.includes('request failed'));
    expect(failures).toHaveLength(1);
    expect(JSON.parse(failures[0] ?? '')).toMatchObject({ route: '/v1/entries/:id', failure: { name: 'TypeError' } });
    expect(logged.join('')).not.toContain('Erika');
    expect(logged.join('')).not.toContain(token);
  });

  it('says nothing of the address nobody serves', async () => {
    for (const answer of [
      await get('/v1/nothing/Erika'),
      await app.inject({ method: 'DELETE', url: '/v1/entries/Erika' }),
    ]) {
      expect(problemIn(answer).code).toBe('not-found');
      expect(answer.body).not.toContain('Erika');
    }
  });

  it('is a forged cursor too', async () => {
    expect(problemIn(await get('/v1/list?cursor=eyJhIjoxfQ.x'))).toMatchObject({
      status: 400,
      code: 'invalid-query',
      errors: [{ pointer: '/cursor' }],
    });
  });
});

describe('figures', () => {
  it('name routes by their pattern and never what was asked for', async () => {
    await get('/v1/entries/0192-secret');
    await get('/v1/0192-secret');
    const text = await metrics.text();
    expect(text).toContain('route="/v1/entries/:id",status="404"');
    expect(text).toContain('route="unmatched",status="404"');
    expect(text).not.toContain('secret');
  });
});
