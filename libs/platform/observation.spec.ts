import { Writable } from 'node:stream';
import { DomainError } from '#kernel';
import { createLogger, failureOf, figures, Metrics, metricsMarkdown } from '#platform';

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

  it('hold counts, classes of values, and figures that are read when asked for', async () => {
    const metrics = new Metrics();
    const recorded = metrics.counter('entries_recorded_total');
    const appended = metrics.counter('sequencer_appends_total');
    const flushed = metrics.histogram('sequencer_batch_entries');
    let waiting = 3;
    metrics.gauge('sequencer_waiting_entries', () => new Map([[{ log: 'entries' }, waiting]]));
    recorded({ log: 'entries' });
    recorded({ log: 'entries' }, 4);
    appended({ log: 'entries', outcome: 'others' });
    flushed(7, { log: 'entries' });
    waiting = 9;
    const text = await metrics.text();
    expect(text).toContain('nachweis_entries_recorded_total{log="entries"} 5');
    expect(text).toContain('nachweis_entries_recorded_total{log="registry"} 0');
    expect(text).toContain('nachweis_sequencer_appends_total{log="entries",outcome="others"} 1');
    expect(text).toContain('nachweis_sequencer_appends_total{log="registry",outcome="stored"} 0');
    expect(text).toContain('nachweis_sequencer_batch_entries_bucket{le="10",log="entries"} 1');
    expect(text).toContain('nachweis_sequencer_waiting_entries{log="entries"} 9');
  });

  it('of two services in one process do not mix', async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    one.counter('entries_recorded_total')({ log: 'entries' }, 2);
    other.counter('entries_recorded_total');
    expect(await other.text()).toContain('nachweis_entries_recorded_total{log="entries"} 0');
  });

  it('show memory and processor time of the process where that is wanted', async () => {
    expect(await new Metrics().withProcess().text()).toContain('process_resident_memory_bytes');
    expect(await new Metrics().text()).not.toContain('process_');
  });
});

describe('the table of figures', () => {
  const markdown = metricsMarkdown();

  it('has a line for every figure, with the values of its labels', () => {
    for (const name of Object.keys(figures)) expect(markdown).toContain(`| \`nachweis_${name}\` |`);
    expect(markdown).toContain('`log`: `entries`, `registry`; `outcome`: `stored`, `nothing`, `others`, `unknown`');
  });

  it('follows the names of Prometheus: what is counted ends in _total, what is measured in its unit', () => {
    for (const [name, { kind, help }] of Object.entries(figures)) {
      expect([name, /^[a-z][a-z_]*$/.test(name), name.endsWith('_total')]).toEqual([name, true, kind === 'counter']);
      expect(help).not.toContain('|');
    }
  });
});
