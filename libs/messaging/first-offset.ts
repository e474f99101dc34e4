import type { Offset } from '#kernel';
import type { Extent } from './record-stream.js';

/** Where a consumer begins: at the beginning unless the offset it wants is there, or is the next one to come. */
export function firstOffset(wanted: Offset | null, { earliest, next }: Extent): Offset {
  return wanted === null || wanted < earliest || wanted > next ? earliest : wanted;
}
