import { createHmac } from 'node:crypto';
import type { LogName } from '#kernel';
import { clusterOrigin } from '../../support/running-cluster.js';
import type { ReadLeaf } from './check-log.js';
import { leafHashOf } from './raw-log.js';
import type { RawRecord } from './raw-topics.js';

export interface TopicToCheck {
  readonly log: LogName;
  readonly leaves: readonly ReadLeaf[];
  readonly records: readonly RawRecord[];
  /** in which partition a leaf belongs */
  readonly home: (leaf: ReadLeaf) => number;
  readonly partitions: number;
}

export interface CheckedTopic {
  readonly repeated: number;
  /** records that are not leaves at their place: somebody else put them there */
  readonly foreign: number;
  /** leaves that are not in the topic */
  readonly missing: number;
}

/**
 * Reads a topic as its contract says: what is not the continuation of its partition is passed over. What is left must be
 * the log, byte for byte, each leaf in its partition, in order, none missing.
 */
export function checkTopic({ log, leaves, records, home, partitions }: TopicToCheck, findings: string[]): CheckedTopic {
  const expected = Array.from({ length: partitions }, (): number[] => []);
  for (const leaf of leaves) expected[home(leaf)]?.push(leaf.index);
  let [repeated, foreign, missing] = [0, 0, 0];
  expected.forEach((indices, partition) => {
    let next = 0;
    for (const { headers, value } of records.filter((record) => record.partition === partition)) {
      const index = isLeaf(log, headers, value) ? Number(headers['ce_index']) : null;
      const isGenuine = index !== null && value !== null && leaves[index]?.bytes.equals(value) === true;
      const previous = headers['ce_previous'] === undefined ? undefined : Number(headers['ce_previous']);
      if (!isGenuine) foreign += 1;
      else if (index === indices[next] && previous === indices[next - 1]) next += 1;
      else if (indices.slice(0, next).includes(index)) repeated += 1;
      else foreign += 1;
    }
    missing += indices.length - next;
  });
  if (missing > 0) findings.push(`I5: ${missing} leaves of ${log} are not in their partitions, in order`);
  return { repeated, foreign, missing };
}

/** Whether a record says of itself what is so, as far as it alone can tell. */
export function isLeaf(log: LogName, headers: Readonly<Record<string, string>>, value: Buffer | null): boolean {
  return (
    value !== null &&
    headers['ce_source'] === clusterOrigin &&
    headers['ce_log'] === log &&
    headers['ce_id'] === `${log}/${headers['ce_index']}` &&
    headers['ce_leafhash'] === leafHashOf(value).toString('base64')
  );
}

/** The first four bytes of an HMAC-SHA256, big endian, modulo twelve. */
export const partitionUnder = (key: Buffer, id: string): number =>
  createHmac('sha256', key).update(id).digest().readUInt32BE(0) % 12;
