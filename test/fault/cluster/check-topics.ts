import { createHmac, hkdfSync } from 'node:crypto';
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
  /** by which records must be vouched for; null: by nothing */
  readonly key: Buffer | null;
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
export function checkTopic(topic: TopicToCheck, findings: string[]): CheckedTopic {
  const { log, leaves, records, home, partitions, key } = topic;
  const expected = Array.from({ length: partitions }, (): number[] => []);
  for (const leaf of leaves) expected[home(leaf)]?.push(leaf.index);
  let [repeated, foreign, missing] = [0, 0, 0];
  expected.forEach((indices, partition) => {
    let next = 0;
    for (const record of records.filter((one) => one.partition === partition)) {
      const { headers, value } = record;
      const isOurs = isLeaf(log, headers, value) && (key === null || isVouchedFor(record, key));
      const index = isOurs ? Number(headers['ce_index']) : null;
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

/** Whether somebody with the key of the relay said that this leaf of `entries` comes here. */
export function isVouchedFor({ partition, headers }: Pick<RawRecord, 'partition' | 'headers'>, key: Buffer): boolean {
  const { ce_source: origin, ce_log: log, ce_index: index, ce_previous: previous, ce_leafhash: hash } = headers;
  const text = `["${origin}","${log}",${partition},${index},${previous ?? 'null'},"${hash}"]`;
  const derived = Buffer.from(hkdfSync('sha256', key, '', 'nachweis/leaf-mac/v1', 32));
  return headers['ce_mac'] === createHmac('sha256', derived).update(text).digest('base64');
}

/** The first four bytes of an HMAC-SHA256, big endian, modulo twelve. */
export const partitionUnder = (key: Buffer, id: string): number =>
  createHmac('sha256', key).update(id).digest().readUInt32BE(0) % 12;
