import type { BrokerOptions, RecordStream } from '#messaging';
import { brokerOptions } from './broker-options.js';
import type { Config } from './config.js';
import { openedFrom } from './start.js';

/**
 * Opens the record stream with the client the settings name; its topics are there and are ours.
 *
 * @param clientId the name of the process in the logs of the brokers
 * @throws InvalidConfig, StartRefused
 */
export async function openRecordStream(config: Config, clientId: string): Promise<RecordStream> {
  const options = brokerOptions(config, clientId);
  return openedFrom('NACHWEIS_KAFKA', async () => {
    const stream = await streamOf(config.kafkaClient, options);
    try {
      await stream.prepare();
      return stream;
    } catch (error) {
      await stream.close();
      throw error;
    }
  });
}

/** Loaded when it is needed: each client is large, and a process uses one. */
async function streamOf(client: Config['kafkaClient'], options: BrokerOptions): Promise<RecordStream> {
  if (client === 'platformatic') {
    const { PlatformaticRecordStream } = await import('#messaging/platformatic');
    return new PlatformaticRecordStream(options);
  }
  const { KafkaRecordStream } = await import('#messaging/kafka');
  return new KafkaRecordStream(options);
}
