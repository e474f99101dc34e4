import { everyProjection as projections } from '#compliance';
import { createLogger, readConfig, startOrExit, startTracing } from '#platform';
import { openStores } from './open-stores.js';
import { startProjector } from './projector-service.js';

await startOrExit(async () => {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  const { origin, poison, host, metricsPort, otlp, traceSampling } = config;
  const tracing = startTracing({ service: 'nachweis-projector', otlp, sampling: traceSampling });
  const stores = await openStores(config, projections, (err) =>
    logger.warn({ err, component: 'event-store' }, 'trouble with the event store'),
  );
  const service = await startProjector(stores, { origin, projections, poison, host, metricsPort }, logger);
  process.stdout.write(`Nachweis projector of ${origin} answers on ${service.sidecar.url}\n`);
  const stop = async (): Promise<void> => {
    await service.close();
    await stores.close();
    await tracing.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  process.on('SIGHUP', () => void service.keeper.resume());
});
