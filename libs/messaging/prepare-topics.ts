import { realPause } from '#kernel';
import { StreamUnavailable, TopicRefused, topics, type TopicName } from './record-stream.js';
import { checkTopic, settingsFor, type TopicSettings } from './topic-settings.js';

export interface NewTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly replication: number;
  readonly settings: Readonly<Record<string, string>>;
}

type Leaders = ReadonlyMap<string, readonly number[]>;

/** What preparing needs to ask of a cluster. */
export interface TopicAdministration {
  /** the names of all topics */
  list(): Promise<readonly string[]>;
  /** Creates a topic, or finds that somebody else did. */
  create(topic: NewTopic): Promise<void>;
  /** The leaders of each topic's partitions, below zero where there is none. */
  leaders(names: readonly string[]): Promise<Leaders>;
  settings(names: readonly string[]): Promise<ReadonlyMap<string, TopicSettings>>;
  /** The name of the Kafka error that an error comes from, if it does. */
  protocolErrorOf(error: unknown): string | undefined;
}

/** Errors of brokers that say: this topic cannot be made as it has to be. */
const refusals = new Set([
  'INVALID_REPLICATION_FACTOR',
  'INVALID_CONFIG',
  'INVALID_PARTITIONS',
  'POLICY_VIOLATION',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
]);

interface Wanted {
  readonly prefix: string;
  readonly replication: number;
}

/**
 * Creates the topics that are missing, waits until every partition has a leader, and checks all of them.
 *
 * @throws TopicRefused
 */
export async function prepareTopics(
  cluster: TopicAdministration,
  { prefix, replication }: Wanted,
  closing: AbortSignal,
): Promise<void> {
  const wanted = (Object.keys(topics) as TopicName[]).map((name) => ({
    topic: prefix + name,
    partitions: topics[name].partitions,
    replication,
    settings: settingsFor(replication),
  }));
  const existing = new Set(await cluster.list());
  for (const topic of wanted) {
    if (!existing.has(topic.topic)) await create(cluster, topic);
  }
  const names = wanted.map(({ topic }) => topic);
  const leaders = await whenKnown(cluster, async () => ledBy(await cluster.leaders(names)), closing);
  const settings = await whenKnown(cluster, () => cluster.settings(names), closing);
  for (const expected of wanted) {
    const { topic } = expected;
    const partitions = leaders.get(topic)?.length ?? 0;
    checkTopic({ topic, partitions, settings: settings.get(topic) ?? {} }, expected);
  }
}

async function create(cluster: TopicAdministration, wanted: NewTopic): Promise<void> {
  try {
    await cluster.create(wanted);
  } catch (error) {
    const answer = cluster.protocolErrorOf(error);
    if (answer === undefined || !refusals.has(answer)) throw error;
    throw new TopicRefused(`topic ${wanted.topic} cannot be created with ${wanted.replication} copies: ${answer}`);
  }
}

const ledBy = (leaders: Leaders): Leaders | null =>
  [...leaders.values()].flat().every((leader) => leader >= 0) ? leaders : null;

const notYet = /^(UNKNOWN_TOPIC_OR_PARTITION|LEADER_NOT_AVAILABLE)$/;

/**
 * Asks until there is an answer. A broker may not have heard yet of a topic that another one created; electing leaders
 * takes moments after that, and seconds after a broker was lost.
 */
async function whenKnown<Answer>(
  cluster: TopicAdministration,
  ask: () => Promise<Answer | null>,
  closing: AbortSignal,
): Promise<Answer> {
  for (let attempt = 0; attempt < 75 && !closing.aborted; attempt += 1) {
    try {
      const answer = await ask();
      if (answer !== null) return answer;
    } catch (error) {
      if (!notYet.test(cluster.protocolErrorOf(error) ?? '')) throw error;
    }
    await realPause(200, closing);
  }
  throw new StreamUnavailable('not every partition of the topics has a leader');
}
