import type { Attributes } from '@opentelemetry/api';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { scope, spanAttributes, spanNames } from './spans.js';

const longestValue = 80;
const requestName = /^[A-Z]{3,10} (unmatched|\/[A-Za-z0-9/:_.*-]{0,70})$/;

/**
 * The wall before the collector. It passes on spans of this ledger only, with the attributes of the list and nothing
 * that quotes an error: no events, no text of a status. So whoever adds an attribute elsewhere tells nobody.
 */
export class ToldSpans implements SpanExporter {
  constructor(private readonly exporter: SpanExporter) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const told = spans.filter(({ instrumentationScope }) => instrumentationScope.name === scope).map(withoutRest);
    if (told.length === 0) return done({ code: ExportResultCode.SUCCESS });
    this.exporter.export(told, done);
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }
}

const withoutRest = (span: ReadableSpan): ReadableSpan => ({
  name: nameOf(span.name),
  kind: span.kind,
  spanContext: () => span.spanContext(),
  ...(span.parentSpanContext !== undefined && { parentSpanContext: span.parentSpanContext }),
  startTime: span.startTime,
  endTime: span.endTime,
  duration: span.duration,
  ended: span.ended,
  status: { code: span.status.code },
  attributes: allowed(span.attributes),
  links: span.links.map(({ context }) => ({ context })),
  events: [],
  resource: span.resource,
  instrumentationScope: span.instrumentationScope,
  droppedAttributesCount: span.droppedAttributesCount,
  droppedEventsCount: span.droppedEventsCount,
  droppedLinksCount: span.droppedLinksCount,
});

const nameOf = (name: string): string =>
  spanNames.some((known) => known === name) || requestName.test(name) ? name : 'unnamed';

function allowed(attributes: Attributes): Attributes {
  const told: Attributes = {};
  for (const name of spanAttributes) {
    const value = attributes[name];
    if (typeof value === 'number') told[name] = value;
    if (typeof value === 'string') told[name] = value.slice(0, longestValue);
  }
  return told;
}
