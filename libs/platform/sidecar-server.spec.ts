import { Metrics, serveSidecar, type RunningSidecar } from '#platform';

const metrics = new Metrics();
metrics.counter('entries_recorded_total')({ log: 'entries' }, 3);
let storeIsWell = true;
let sidecar: RunningSidecar;

beforeAll(async () => {
  const health = [
    { name: 'kafka', check: () => Promise.resolve() },
    {
      name: 'store',
      check: () => {
        if (!storeIsWell) throw new Error('connection refused by 10.0.0.7');
      },
    },
  ];
  sidecar = await serveSidecar({ port: 0, host: '127.0.0.1', metrics, health });
});

afterAll(() => sidecar.close());

const get = (path: string, init?: RequestInit) => fetch(sidecar.url + path, init);

describe('the server beside a process without an API', () => {
  it('tells Prometheus the figures', async () => {
    const answer = await get('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toContain('nachweis_entries_recorded_total{log="entries"} 3');
  });

  it('names what is not well, without a reason, while the process lives, and recovers', async () => {
    expect(await (await get('/health/ready')).json()).toEqual({ status: 'ok' });
    storeIsWell = false;
    const answer = await get('/health/ready');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    const body = await answer.text();
    expect(JSON.parse(body)).toMatchObject({ code: 'unavailable', errors: [{ pointer: '/store' }] });
    expect(body).not.toMatch(/kafka|10\.0\.0\.7/);
    expect((await get('/health/live')).status).toBe(200);
    storeIsWell = true;
    expect((await get('/health/ready')).status).toBe(200);
  });

  it.each([
    ['GET', '/', 404],
    ['GET', '/metrics/x', 404],
    ['POST', '/metrics', 405],
    ['GET', '/health/ready?deep=1', 200],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect((await get(path, { method })).status).toBe(status);
  });

  it('says why it cannot listen', async () => {
    const port = Number(new URL(sidecar.url).port);
    await expect(serveSidecar({ port, host: '127.0.0.1', metrics, health: [] })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
