import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { SpanKind, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import type { FastifyInstance } from 'fastify';
import {
  createLogger,
  httpServer,
  inSpan,
  linksOf,
  Metrics,
  observeRequests,
  startTracing,
  traceparentOf,
} from '#platform';

const form = /^00-([0-9a-f]{32})-[0-9a-f]{16}-0([01])$/;

/** Runs work in a process that traces. @returns the spans that reached the collector */
async function traced(sampling: number, work: () => Promise<unknown>): Promise<ReadableSpan[]> {
  const collector = new InMemorySpanExporter();
  const spans: ReadableSpan[] = [];
  collector.shutdown = async () => void spans.push(...collector.getFinishedSpans());
  const tracing = startTracing({ service: 'nachweis-test', otlp: undefined, sampling }, collector);
  try {
    await work();
  } finally {
    await tracing.stop();
  }
  return spans;
}

describe('a trace', () => {
  it('goes on inside work, with the fields of the list', async () => {
    const seen: (string | undefined)[] = [];
    const spans = await traced(1, () =>
      inSpan('relay publish', { 'messaging.batch.message_count': 3 }, async (note) => {
        seen.push(traceparentOf());
        await inSpan('projector fold', {}, async () => void seen.push(traceparentOf()));
        note({ 'nachweis.outcome': 'stored' });
      }),
    );
    expect(seen.map((each) => form.exec(each ?? '')?.[1])).toEqual(spans.map((span) => span.spanContext().traceId));
    expect(spans.map(({ name }) => name)).toEqual(['projector fold', 'relay publish']);
    expect(spans[1]?.attributes).toEqual({ 'messaging.batch.message_count': 3, 'nachweis.outcome': 'stored' });
    expect(spans[0]?.parentSpanContext?.spanId).toBe(spans[1]?.spanContext().spanId);
    expect(traceparentOf()).toBeUndefined();
  });

  it('says of a failure only its class', async () => {
    const spans = await traced(1, () =>
      inSpan('relay publish', {}, () => Promise.reject(new TypeError('Erika of 10.0.0.7'))).catch(() => undefined),
    );
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({ status: { code: 2 }, attributes: { 'error.type': 'TypeError' }, events: [] });
    expect(JSON.stringify(spans[0]?.status)).not.toContain('Erika');
  });

  it('tells the collector nothing that is not on the list, whoever put it there', async () => {
    const spans = await traced(1, async () => {
      const ours = trace.getTracer('nachweis').startSpan(`GET /v1/entries/${randomUUID()}?subject=Erika`);
      ours.setAttributes({ 'enduser.id': 'Erika', 'url.full': '/v1?x=Erika', 'http.route': '/v1/entries/:id' });
      ours.addEvent('exception', { 'exception.message': 'Erika' }).recordException(new Error('Erika'));
      ours.setStatus({ code: 2, message: 'Erika' });
      ours.addLink({ context: ours.spanContext(), attributes: { who: 'Erika' } });
      ours.end();
      trace.getTracer('pg').startSpan("select * from people where name = 'Erika'").end();
    });
    const told = spans.map(({ resource: _, ...span }) => span);
    expect(told.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['unnamed', { 'http.route': '/v1/entries/:id' }],
    ]);
    expect(JSON.stringify(told)).not.toContain('Erika');
  });

  it('has its id also where no span is sent: sampling decides about spans, not about entries', async () => {
    for (const sampling of [0, 1]) {
      let traceparent: string | undefined;
      const spans = await traced(sampling, () =>
        inSpan('sequence batch', {}, async () => void (traceparent = traceparentOf())),
      );
      expect([spans.length, form.exec(traceparent ?? '')?.[2]]).toEqual([sampling, String(sampling)]);
    }
  });

  it('that is sent is sent to its end: work for several callers is, when the span of one of them was', async () => {
    const sent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const notSent = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-00`;
    const publish = (...of: string[]) => inSpan('relay publish', {}, async () => undefined, { links: linksOf(of) });
    const spans = await traced(0.000001, async () => {
      await publish(notSent, sent);
      await publish(notSent);
    });
    expect(spans.map(({ links }) => links.map((link) => link.context.traceId))).toEqual([
      ['c'.repeat(32), 'a'.repeat(32)],
    ]);
    expect(spans[0]?.kind).toBe(SpanKind.INTERNAL);
  });

  it('links each span once, a bounded number of them, and nothing that is no trace context', () => {
    const contexts = Array.from(
      { length: 300 },
      (_, i) => `00-${(i + 1).toString(16).padStart(32, '0')}-${'b'.repeat(16)}-01`,
    );
    expect(linksOf([...contexts, ...contexts])).toHaveLength(128);
    const bad = [
      undefined,
      '',
      'Erika',
      `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`,
      `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    ];
    expect(linksOf(bad)).toEqual([]);
  });

  it('does not hold up work or its end when the collector is away', async () => {
    const tracing = startTracing({ service: 'nachweis-test', otlp: 'http://127.0.0.1:9', sampling: 1 });
    await expect(inSpan('relay publish', {}, async () => 7)).resolves.toBe(7);
    await tracing.stop();
  });

  it('does not begin where tracing was never started', async () => {
    await inSpan('relay publish', {}, async () => expect(traceparentOf()).toBeUndefined());
  });
});

describe('a request', () => {
  const foreign = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      done();
    },
  });
  const logger = createLogger('debug', destination);

  function server(): FastifyInstance {
    const fastify = httpServer().getInstance<FastifyInstance>();
    observeRequests(fastify, new Metrics(), logger);
    fastify.post('/v1/entries', async () => {
      await new Promise(setImmediate);
      logger.info({ log: 'entries' }, 'recorded');
      return { traceparent: traceparentOf() };
    });
    fastify.get('/v1/entries/:id', () => Promise.reject(new Error('Erika')));
    return fastify;
  }

  beforeEach(() => lines.splice(0));

  it('has one id: in its trace, in every line and in the answer, and takes none from the caller', async () => {
    let answer = { id: '', traceparent: '' };
    const spans = await traced(1, async () => {
      const headers = { traceparent: foreign, 'x-request-id': 'Erika', 'content-type': 'application/json' };
      const reply = await server().inject({ method: 'POST', url: '/v1/entries?x=Erika', headers, payload: '{}' });
      answer = { id: String(reply.headers['x-request-id']), traceparent: reply.json<typeof answer>().traceparent };
    });
    expect(lines.map(({ msg, requestId }) => [msg, requestId])).toEqual([
      ['recorded', answer.id],
      ['request', answer.id],
    ]);
    expect(form.exec(answer.traceparent)?.[1]).toBe(answer.id);
    expect(answer.id).not.toBe('a'.repeat(32));
    expect(spans.map(({ name, kind, attributes }) => ({ name, kind, attributes }))).toEqual([
      {
        name: 'POST /v1/entries',
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': 'POST', 'http.route': '/v1/entries', 'http.response.status_code': 200 },
      },
    ]);
    expect(spans[0]?.spanContext().traceId).toBe(answer.id);
    expect(spans[0]?.parentSpanContext).toBeUndefined();
    expect(JSON.stringify(lines)).not.toContain('Erika');
  });

  it('that failed is marked, by its route; one that matched no route is not named', async () => {
    const spans = await traced(1, async () => {
      const fastify = server();
      await fastify.inject({ method: 'GET', url: `/v1/entries/${randomUUID()}` });
      await fastify.inject({ method: 'GET', url: '/Erika' });
    });
    expect(spans.map(({ name, status }) => [name, status.code])).toEqual([
      ['GET /v1/entries/:id', 2],
      ['GET unmatched', 0],
    ]);
    expect(spans[0]?.attributes['error.type']).toBe('500');
  });

  it('has an id of its own without tracing, too, and when its URL cannot be read', async () => {
    const fastify = server();
    const ids = await Promise.all(
      ['/v1/entries/1', '/v1/entries/1', '/%'].map(
        async (url) => (await fastify.inject({ method: 'GET', url })).headers['x-request-id'],
      ),
    );
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('of two callers at once has its own id in every line', async () => {
    await traced(0, async () => {
      const fastify = server();
      await Promise.all(
        Array.from({ length: 20 }, () => fastify.inject({ method: 'POST', url: '/v1/entries', payload: {} })),
      );
    });
    const recorded = lines.filter(({ msg }) => msg === 'recorded').map(({ requestId }) => requestId);
    const finished = lines.filter(({ msg }) => msg === 'request').map(({ requestId }) => requestId);
    expect(new Set(recorded).size).toBe(20);
    expect(new Set(finished)).toEqual(new Set(recorded));
  });
});
