import { wholeNumber, type Setting } from './setting.js';

/** What shows how the processes are doing. */
export const observationSettings = {
  metricsPort: {
    name: 'NACHWEIS_METRICS_PORT',
    fallback: '9464',
    form: 'a whole number from 0 to 65535; 0 takes a free port',
    meaning: 'Where relay and projector answer `/metrics` and `/health`. The ledger answers them at its own port.',
    parse: wholeNumber(0, 65_535),
  },
  otlp: {
    name: 'NACHWEIS_OTLP',
    fallback: undefined,
    form: 'an `http:` or `https:` URL',
    meaning: 'The OpenTelemetry collector that gets traces. Without it no trace leaves the process.',
    parse: collectorAddress,
  },
  traceSampling: {
    name: 'NACHWEIS_TRACE_SAMPLING',
    fallback: '0.1',
    form: 'a number from 0 to 1',
    meaning: 'Share of traces that are kept. What is recorded in the ledger never depends on it.',
    parse: share,
  },
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

function collectorAddress(given: string): URL {
  const url = new URL(given);
  if (!['http:', 'https:'].includes(url.protocol) || url.password !== '') throw new RangeError('not such a URL');
  return url;
}

function share(given: string): number {
  const value = /^(?:0|1|0?\.\d{1,6}|0\.\d{1,6})$/.test(given) ? Number(given) : Number.NaN;
  if (!(value >= 0 && value <= 1)) throw new RangeError('not a share');
  return value;
}
