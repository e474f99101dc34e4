import { Writable } from 'node:stream';
import { DomainError } from '#kernel';
import { createLogger, failureOf, Metrics } from '#platform';

describe('the log of the service', () => {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const logger = createLogger('info', destination);

  beforeEach(() => lines.splice(0));

  it('drops every field it does not know', () => {
    logger.info(
      {
        method: 'GET',
        route: '/v1/entries/:id',
        status: 200,
        url: '/v1/entries/0192',
        agency: 'police',
        body: 'Erika',
      },
      'request',
    );
    const [line = ''] = lines;
    expect(JSON.parse(line)).toMatchObject({ method: 'GET', route: '/v1/entries/:id', status: 200, msg: 'request' });
    expect(line).not.toMatch(/0192|police|Erika/);
  });

  it('tells of an error where it arose, not what it says', () => {
    const cause = new SyntaxError('Unexpected token E in "Erika"\n    at Erika (Mustermann)');
    logger.error({ err: new DomainError('store-unavailable', 'disk of Erika is full', [], { cause }) });
    const [line = ''] = lines;
    expect(line).not.toContain('Erika');
    expect(JSON.parse(line)).toMatchObject({
      failure: {
        name: 'DomainError',
        code: 'store-unavailable',
        at: expect.arrayContaining([expect.stringContaining('observation.spec')]),
        cause: { name: 'SyntaxError' },
      },
    });
  });

  it('names neither machine nor process', () => {
    logger.info('started');
    expect(Object.keys(JSON.parse(lines[0] ?? '{}') as object)).toEqual(['level', 'time', 'msg']);
  });

  it('takes whatever was thrown', () => {
    for (const thrown of [undefined, null, 'Erika', 7, { message: 'Erika' }]) {
      expect(JSON.stringify(failureOf(thrown))).not.toContain('Erika');
    }
  });
});

describe('the figures of the service', () => {
  it('count requests by method, route and status only', async () => {
    const metrics = new Metrics();
    metrics.finished({ method: 'GET', route: '/v1/entries/:id', status: 404, seconds: 0.02 });
    const text = await metrics.text();
    expect(text).toContain('nachweis_http_request_seconds_count{method="GET",route="/v1/entries/:id",status="404"} 1');
    expect(metrics.contentType).toContain('text/plain');
  });

  it('hold counts, closed lists of kinds, durations and figures that are read when asked for', async () => {
    const metrics = new Metrics();
    const recorded = metrics.count('entries_recorded_total', 'Entries recorded');
    const verified = metrics.countBy('verdicts_total', 'Verdicts', ['valid', 'tampered']);
    const flushed = metrics.duration('append_seconds', 'Time of an append');
    let waiting = 3;
    metrics.gauge('queue_entries', 'Entries waiting', () => waiting);
    recorded();
    recorded(4);
    verified('tampered');
    flushed(0.004);
    waiting = 9;
    const text = await metrics.text();
    expect(text).toContain('nachweis_entries_recorded_total 5');
    expect(text).toContain('nachweis_verdicts_total{kind="valid"} 0');
    expect(text).toContain('nachweis_verdicts_total{kind="tampered"} 1');
    expect(text).toContain('nachweis_append_seconds_count 1');
    expect(text).toContain('nachweis_queue_entries 9');
  });

  it('of two services in one process do not mix', async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    one.count('x_total', 'x')(2);
    other.count('x_total', 'x');
    expect(await other.text()).toContain('nachweis_x_total 0');
  });
});
