import { agencyId, entryId, leafIndex, ledgerIssuer, treeSize, type Instant } from '#kernel';
import { encodeEntryLeaf, encodeRegistryLeaf, sealStatement, type JsonObject } from '#statement';
import { LeafMac } from './leaf-mac.js';
import { leafRecord } from './leaf-record.js';
import {
  checkpointHeaders,
  entryHeaders,
  entryLeaf,
  registryHeaders,
  registryLeaf,
  signedTreeHead,
} from './record-schemas.js';
import { topics, type OutgoingRecord, type TopicName } from './record-stream.js';

/** Version of the Kafka bindings of AsyncAPI. */
const bindingVersion = '0.5.0';

const origin = 'ledger.example';
const recordedAt = '2026-11-22T10:00:00.123Z' as Instant;
const jti = entryId('0192f0c1-7b1a-7c3d-8e4f-0123456789ab');

/** Examples come from the code that makes the records, so they are what is sent. */
const entryExample = (): OutgoingRecord => {
  const { statement } = sealStatement(agencyId('lka.example'), jti, { terms: {} }, () => Buffer.alloc(16, 7));
  const bytes = encodeEntryLeaf({ recordedAt, registry: treeSize(17), statement });
  const mac = new LeafMac(Buffer.alloc(32, 7));
  return leafRecord({
    origin,
    log: 'entries',
    partition: 0,
    mac,
    index: leafIndex(41),
    bytes,
    previous: leafIndex(17),
  });
};

const registryExample = (): OutgoingRecord => {
  const statement = { data: {}, dataVersion: 1, iss: ledgerIssuer, jti, type: 'AgencyAdmitted' };
  const bytes = encodeRegistryLeaf({ recordedAt, statement });
  return leafRecord({ origin, log: 'registry', partition: 0, mac: null, index: leafIndex(0), bytes, previous: null });
};

const exampleOf = ({ headers, value }: OutgoingRecord): JsonObject => ({
  headers: { ...headers },
  payload: JSON.parse(value.toString()) as JsonObject,
});

const bindings = { kafka: { bindingVersion } };

const messages = (): Record<string, JsonObject> => ({
  entry: {
    title: 'A leaf of the log `entries`',
    summary: 'The value is the stored leaf, byte for byte. What was recorded is not in it. Records have no key.',
    contentType: 'application/json',
    headers: entryHeaders,
    payload: entryLeaf,
    bindings,
    examples: [exampleOf(entryExample())],
  },
  registration: {
    title: 'A leaf of the log `registry`',
    summary: 'Agencies, agreements, rules and keys; no persons. The value is the stored leaf, byte for byte.',
    contentType: 'application/json',
    headers: registryHeaders,
    payload: registryLeaf,
    bindings,
    examples: [exampleOf(registryExample())],
  },
  checkpoint: {
    title: 'A signed tree head',
    summary: 'Of either log, as it was published. Verify it with the key of the log.',
    contentType: 'text/plain; charset=utf-8',
    headers: checkpointHeaders,
    payload: signedTreeHead,
    bindings,
  },
});

const order: Record<TopicName, { readonly message: string; readonly title: string; readonly description: string }> = {
  'ledger.entries.v1': {
    message: 'entry',
    title: 'Leaves of `entries`',
    description:
      'Leaves of one exchange are in one partition, in the order of the log; the partition is a keyed hash that shows ' +
      'nothing about the exchange. A leaf may come twice: skip indexes that are not above the last one you handled. ' +
      '`ce_previous` must be that last one; if it is not, leaves are missing, so stop. Hash and chain do not prove that ' +
      'the log has the leaf there: `ce_mac` does, to processes of the ledger; to others a signed tree head does.',
  },
  'ledger.registry.v1': {
    message: 'registration',
    title: 'Leaves of `registry`',
    description:
      'All leaves in the order of the log. A leaf may come twice; `ce_previous` shows gaps. Records have no ' +
      '`ce_mac`, for their relay has no key: the log is open, so compare with a signed tree head.',
  },
  'ledger.checkpoints.v1': {
    message: 'checkpoint',
    title: 'Signed tree heads',
    description: 'Checkpoints of both logs, each log in the order of its size.',
  },
};

const channelOf = (topic: TopicName): JsonObject => ({
  address: topic,
  title: order[topic].title,
  description: order[topic].description,
  messages: { [order[topic].message]: { $ref: `#/components/messages/${order[topic].message}` } },
  bindings: {
    kafka: {
      topic,
      partitions: topics[topic].partitions,
      topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1, 'retention.bytes': -1 },
      bindingVersion,
    },
  },
});

const operationOf = (topic: TopicName): JsonObject => ({
  action: 'send',
  title: order[topic].title,
  channel: { $ref: `#/channels/${topic}` },
  messages: [{ $ref: `#/channels/${topic}/messages/${order[topic].message}` }],
  bindings: { kafka: { bindingVersion } },
});

const forEachTopic = (make: (topic: TopicName) => JsonObject): JsonObject =>
  Object.fromEntries((Object.keys(topics) as TopicName[]).map((topic) => [topic, make(topic)]));

/** The record stream as AsyncAPI 3.0: the contract with every system that subscribes to the topics. */
export const asyncApiDocument = (): JsonObject => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Nachweis record stream',
    version: '1.0.0',
    description:
      'A derived copy of the logs of the ledger on Kafka, as CloudEvents in binary content mode. It carries leaves and ' +
      'signed tree heads, never content. Delivery is at least once. Records are kept until the log itself is pruned; ' +
      'topics are never compacted. An operator may put a prefix before the names of topics.',
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  },
  defaultContentType: 'application/json',
  channels: forEachTopic(channelOf),
  operations: forEachTopic(operationOf),
  components: { messages: messages() },
});

/** As it is committed. */
export const asyncApiText = (): string => `${JSON.stringify(asyncApiDocument(), null, 2)}\n`;
