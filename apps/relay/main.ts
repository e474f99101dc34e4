import { createLogger, exitCodeOf, InvalidConfig, readConfig, startOrExit, startTracing, type Config } from '#platform';
import { isForeign, isLogName, realPause } from '#kernel';
import { ledgerCheckpoints } from './ledger-checkpoints.js';
import { openPorts } from './open-ports.js';
import { startRelay } from './relay-service.js';

await startOrExit(async () => {
  const config = configured(process.argv.slice(2));
  const { origin, relayLog: log, host, metricsPort, checkpointInterval, otlp, traceSampling } = config;
  const logger = createLogger(config.logLevel);
  const tracing = startTracing({ service: `nachweis-relay-${log}`, otlp, sampling: traceSampling });
  const open = () => openPorts(config, (err) => logger.warn({ err, component: 'event-store' }, 'connected again'));
  const { ended, close, sidecar } = await startRelay(
    await open(),
    open,
    { origin, log, host, metricsPort, checkpointInterval, pause: realPause, isForeign, ...checkpointSource(config) },
    logger,
  );
  process.stdout.write(`Nachweis relay of ${origin}/${log} answers on ${sidecar.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close().catch(() => undefined));
  ended
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : 'the relay failed'}\n`);
      process.exitCode = exitCodeOf(error);
    })
    .then(() => tracing.stop())
    .catch(() => undefined);
}, ['RelayRefused']);

/** The log may be named as an argument, so that two relays can share their settings. */
function configured([log, ...others]: readonly string[]): Config {
  const config = readConfig(process.env);
  if (log === undefined) return config;
  if (!isLogName(log) || others.length > 0) throw new InvalidConfig(['the only argument is `entries` or `registry`']);
  return { ...config, relayLog: log };
}

function checkpointSource({ ledger, ledgerTokenFile }: Config) {
  if (ledger === undefined) return {};
  if (ledgerTokenFile === undefined)
    throw new InvalidConfig(['NACHWEIS_LEDGER_TOKEN_FILE is needed with NACHWEIS_LEDGER']);
  return { newest: ledgerCheckpoints(ledger, ledgerTokenFile) };
}
