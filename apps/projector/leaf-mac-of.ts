import { join } from 'node:path';
import { secretFrom } from '#access';
import { LeafMac, parsePartitionKey, partitionKeyFile } from '#messaging';

/**
 * What tells records of the relay from those of others. The key is the relay's: one made here would refuse them all.
 *
 * @param keys the folder of `NACHWEIS_KEYS`
 * @throws Error when its partition key is missing, UnsafeKeyFile, RangeError
 */
export function leafMacOf(keys: string): LeafMac {
  const file = join(keys, partitionKeyFile);
  const missing = (): never => {
    throw new Error(`the key file ${file} is missing: the relay of entries makes it at its first start`);
  };
  return new LeafMac(parsePartitionKey(secretFrom(file, missing)));
}
