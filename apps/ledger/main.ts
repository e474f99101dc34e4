import { createLogger, readConfig } from '#platform';
import { ledgerService } from './application.js';
import { openEmbeddedLedger } from './embedded-ledger.js';
import { systemClock } from './system-clock.js';

const config = readConfig(process.env);
const logger = createLogger(config.logLevel);
const ledger = await openEmbeddedLedger(config, systemClock, {
  progress: (what) => logger.info(what),
  alarm: (what, err) => logger.error({ err }, what),
});
const { application, close } = await ledgerService(ledger, logger);
await application.listen(config.port, config.host);
const url = await application.getUrl();
process.stdout.write(`Nachweis ${ledger.origin} listens on ${url} (API: ${url}/docs)\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
