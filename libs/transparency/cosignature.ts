import { type KeyObject, verify } from 'node:crypto';

const timeLength = 8;

/** What a witness signs: the time in POSIX seconds and the whole text of the checkpoint (c2sp.org/tlog-cosignature). */
export const cosignatureMessage = (seconds: bigint, text: string): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);

/**
 * The time of a cosignature in POSIX seconds; `undefined` when the signature is bad. Times beyond 2^53 - 1 count as
 * bad: no clock shows them.
 */
export function cosignedAt(text: string, signature: Buffer, publicKey: KeyObject): number | undefined {
  if (signature.length !== timeLength + 64) return undefined;
  const seconds = signature.readBigUInt64BE();
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const isGood = verify(null, cosignatureMessage(seconds, text), publicKey, signature.subarray(timeLength));
  return isGood ? Number(seconds) : undefined;
}
