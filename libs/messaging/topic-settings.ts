import { TopicRefused } from './record-stream.js';

/** What a topic was created with, or is found with. */
export type TopicSettings = Readonly<Record<string, string | null | undefined>>;

/** Copies that must have a record before it counts as stored: all but one, so that one broker may be away. */
export const copiesInSync = (replication: number): number => Math.max(1, replication - 1);

/** Settings that topics are created with: nothing is ever deleted by age or size, compacted or rewritten. */
export const settingsFor = (replication: number): Record<string, string> => ({
  'cleanup.policy': 'delete',
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'min.insync.replicas': String(copiesInSync(replication)),
  'unclean.leader.election.enable': 'false',
  'compression.type': 'producer',
});

/** Every batch that is sent has to fit. */
const smallestMessageLimit = 768 * 1024;

interface Law {
  readonly setting: string;
  readonly wanted: string;
  fits(value: string): boolean;
}

const lawsFor = (replication: number): readonly Law[] => {
  const copies = copiesInSync(replication);
  return [
    { setting: 'cleanup.policy', wanted: 'delete', fits: (value) => value === 'delete' },
    { setting: 'retention.ms', wanted: '-1', fits: (value) => value === '-1' },
    { setting: 'retention.bytes', wanted: '-1', fits: (value) => value === '-1' },
    { setting: 'unclean.leader.election.enable', wanted: 'false', fits: (value) => value === 'false' },
    { setting: 'compression.type', wanted: 'producer', fits: (value) => value === 'producer' },
    { setting: 'min.insync.replicas', wanted: `at least ${copies}`, fits: (value) => Number(value) >= copies },
    {
      setting: 'max.message.bytes',
      wanted: `at least ${smallestMessageLimit}`,
      fits: (value) => Number(value) >= smallestMessageLimit,
    },
  ];
};

/** The names that {@link checkTopic} looks at. */
export const settingNames: readonly string[] = lawsFor(1).map(({ setting }) => setting);

/**
 * Compares a topic with what ours are like.
 *
 * @throws TopicRefused naming the topic and the setting
 */
export function checkTopic(
  found: { readonly topic: string; readonly partitions: number; readonly settings: TopicSettings },
  expected: { readonly partitions: number; readonly replication: number },
): void {
  const { topic, partitions, settings } = found;
  if (partitions !== expected.partitions) {
    throw new TopicRefused(`topic ${topic} has ${partitions} partitions, not ${expected.partitions}`);
  }
  for (const { setting, wanted, fits } of lawsFor(expected.replication)) {
    const value = settings[setting];
    if (value === null || value === undefined || !fits(value)) {
      throw new TopicRefused(`topic ${topic} has ${setting}=${value ?? 'unknown'}, it must be ${wanted}`);
    }
  }
}
