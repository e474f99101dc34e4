export * from './authentication.js';
export * from './body-parsers.js';
export * from './closing.js';
export * from './config.js';

export * from './cursor.js';
export * from './etag.js';
export * from './event-store-access.js';
export * from './health.js';
export * from './http-server.js';
export * from './link.js';
export * from './logging.js';
export { figures, metricsMarkdown, type FigureName, type LabelsOf, type NameOf } from './metric-table.js';
export * from './metrics.js';
export * from './ndjson.js';
export * from './open-record-stream.js';
export * from './prefer.js';
export * from './problem-filter.js';
export * from './problem-table.js';
export * from './problem.js';
export * from './recording-figures.js';

export * from './sidecar-server.js';
export { inSpan, linksOf, traceparentOf, type SpanFields, type SpanName, type SpanSurroundings } from './spans.js';
export * from './start.js';
export * from './strict-json.js';
export * from './tracing.js';
