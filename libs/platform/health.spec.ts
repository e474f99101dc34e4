import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthModule, httpServer, ProblemFilter } from '#platform';

let storeIsWell = true;
let app: NestFastifyApplication;

const health = HealthModule.of({
  useFactory: () => [
    { name: 'projections', check: () => Promise.resolve() },
    {
      name: 'store',
      check: () => {
        if (!storeIsWell) throw new Error('ENOSPC: /data/entries.sqlite');
      },
    },
  ],
});

beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(health, httpServer(), { bodyParser: false, logger: false });
  app.useGlobalFilters(new ProblemFilter(() => undefined));
  await app.init();
});

afterAll(() => app.close());

const get = (url: string) => app.inject({ method: 'GET', url });

describe('health', () => {
  it.each(['/health/live', '/health/ready'])('at %s is well', async (url) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: 'ok' });
  });

  it('names what is not well, without a reason, while the process lives, and recovers', async () => {
    storeIsWell = false;
    const answer = await get('/health/ready');
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json', 'retry-after': '5' });
    expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable', errors: [{ pointer: '/store' }] });
    expect(answer.body).not.toMatch(/ENOSPC|projections/);
    expect((await get('/health/live')).statusCode).toBe(200);
    storeIsWell = true;
    expect((await get('/health/ready')).statusCode).toBe(200);
  });
});
