import { createLogger, readConfig, startOrExit, startTracing } from '#platform';
import { ledgerService } from './application.js';
import { openLedger } from './open-ledger.js';
import { systemClock } from './system-clock.js';

/** Errors that tell an operator all they need. */
const expected = [
  'OriginMismatch',
  'DataMigrated',
  'DataInUse',
  'UnsafeKeyFile',
  'LogDamaged',
  'StoreRefused',
  'StoreUnavailable',
  'VaultRefused',
  'VaultDamaged',
  'VaultUnavailable',
];

await startOrExit(async () => {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  const tracing = startTracing({ service: 'nachweis-ledger', otlp: config.otlp, sampling: config.traceSampling });
  const ledger = await openLedger(config, systemClock, {
    progress: (what) => logger.info(what),
    alarm: (what, err) => logger.error({ err }, what),
  });
  ledger.metrics.withProcess();
  const { application, close } = await ledgerService(ledger, logger);
  await application.listen(config.port, config.host);
  const url = await application.getUrl();
  process.stdout.write(`Nachweis ${ledger.origin} listens on ${url} (API: ${url}/docs)\n`);
  const stop = async (): Promise<void> => {
    try {
      await close();
    } catch (err) {
      // What was acknowledged is durable; only a last checkpoint may be missing, and the next start makes it.
      logger.error({ err }, 'not everything could be closed');
      process.exitCode = 1;
    } finally {
      await tracing.stop();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}, expected);
