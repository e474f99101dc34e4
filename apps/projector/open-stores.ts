import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isBuiltBy, listGenerations, openPostgresViews, type Generation } from '#compliance/postgres';
import type { Projection } from '#compliance';
import type { BrokerOptions, RecordStream } from '#messaging';
import { InvalidConfig, openedFrom, required, type Config } from '#platform';
import { PostgresVault } from '#vault/postgres';
import type { OwnGeneration } from './generation-keeper.js';
import type { ProjectorStores } from './projector-service.js';

/** Connections to the views: as many transactions may be under way for each generation. */
const connections = 6;

export interface OpenedStores extends ProjectorStores {
  close(): Promise<void>;
}

/**
 * Opens what a projector needs: the sealed blocks to read, the record stream, the views to write.
 *
 * @throws InvalidConfig, StartRefused
 */
export async function openStores(config: Config, projections: readonly Projection[]): Promise<OpenedStores> {
  refuseMissing(config);
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of closing.toReversed()) await closeOne();
  };
  try {
    const views = await openViews(config);
    closing.push(() => views.database.destroy());
    const vault = await openVault(config);
    closing.push(() => vault.close());
    const stream = await openStream(config);
    closing.push(() => stream.close());
    const generations = {
      own: async () => ownOf(await listGenerations(views.database), projections),
      open: (generation: number) => openViews(config, generation),
    };
    return { generations, vault, stream, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Everything that is missing is said at once. */
function refuseMissing({ views, vault, vaultKeys, kafka }: Config): void {
  const needed = Object.entries({
    NACHWEIS_VIEWS: views,
    NACHWEIS_VAULT: vault,
    NACHWEIS_VAULT_KEYS: vaultKeys,
    NACHWEIS_KAFKA: kafka,
  });
  const missing = needed.filter(([, value]) => value === undefined);
  if (missing.length > 0) throw new InvalidConfig(missing.map(([name]) => `${name} is needed by a projector`));
}

/** A generation that other versions build is another program's. One that was retired is kept as it is. */
function ownOf(generations: readonly Generation[], projections: readonly Projection[]): readonly OwnGeneration[] {
  return generations.flatMap((generation) => {
    const { number, state } = generation;
    return state !== 'retired' && isBuiltBy(generation, projections) ? [{ number, state }] : [];
  });
}

function openViews(config: Config, generation?: number) {
  const { origin, viewsPasswordFile: passwordFile, statementTimeout } = config;
  const url = required('NACHWEIS_VIEWS', config.views);
  return openedFrom('NACHWEIS_VIEWS', () =>
    openPostgresViews({
      url,
      origin,
      statementTimeout,
      role: 'projector',
      poolSize: generation === undefined ? 1 : connections,
      ...(passwordFile !== undefined && { passwordFile }),
      ...(generation !== undefined && { generation }),
    }),
  );
}

function openVault(config: Config) {
  const {
    origin,
    data,
    keys = join(data, 'keys'),
    vaultPasswordFile,
    vaultKeysPasswordFile,
    statementTimeout,
  } = config;
  const blocks = addressOf(required('NACHWEIS_VAULT', config.vault), vaultPasswordFile);
  const keyPlace = addressOf(required('NACHWEIS_VAULT_KEYS', config.vaultKeys), vaultKeysPasswordFile);
  return openedFrom('NACHWEIS_VAULT, NACHWEIS_VAULT_KEYS', () =>
    PostgresVault.openReader({
      blocks,
      keys: keyPlace,
      keyFile: join(keys, 'vault.key'),
      origin,
      statementTimeout,
      connections,
    }),
  );
}

const addressOf = (url: string, passwordFile: string | undefined) => ({
  url,
  ...(passwordFile !== undefined && { passwordFile }),
});

async function openStream(config: Config): Promise<RecordStream> {
  const options = brokerOptions(config);
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

function brokerOptions(config: Config): BrokerOptions {
  const { kafkaPrefix: prefix, kafkaReplication: replication, kafkaTls, kafkaCaFile } = config;
  const sasl = credentialsOf(config);
  return {
    brokers: required('NACHWEIS_KAFKA', config.kafka),
    clientId: 'nachweis-projector',
    replication,
    ...(prefix !== undefined && { prefix }),
    ssl: kafkaTls === 'on' && (kafkaCaFile === undefined || { ca: readFileSync(kafkaCaFile) }),
    ...(sasl && { sasl }),
  };
}

function credentialsOf({ kafkaSasl, kafkaUser, kafkaPasswordFile, kafkaTokenFile }: Config): BrokerOptions['sasl'] {
  if (kafkaSasl === undefined) return undefined;
  if (kafkaSasl === 'oauthbearer') {
    const file = required('NACHWEIS_KAFKA_TOKEN_FILE', kafkaTokenFile);
    return { mechanism: kafkaSasl, token: async () => (await readFile(file, 'utf8')).trim() };
  }
  return {
    mechanism: kafkaSasl,
    username: required('NACHWEIS_KAFKA_USER', kafkaUser),
    password: readFileSync(required('NACHWEIS_KAFKA_PASSWORD_FILE', kafkaPasswordFile), 'utf8').trim(),
  };
}
