import { randomBytes } from 'node:crypto';

/** The file of `NACHWEIS_KEYS` with the secret that deals the partitions and vouches for records. */
export const partitionKeyFile = 'partition.key';

const keyBytes = 32;

/** A fresh partition key as its file holds it. */
export const freshPartitionKey = (): string => randomBytes(keyBytes).toString('base64');

/**
 * @param text of the file: 32 bytes in base64
 * @throws RangeError
 */
export function parsePartitionKey(text: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length !== keyBytes) throw new RangeError(`${partitionKeyFile} must hold ${keyBytes} bytes in base64`);
  return key;
}
