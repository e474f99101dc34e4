import { readFile } from 'node:fs/promises';
import type { LogName } from '#kernel';

const patience = 5_000;

/** The ledger did not show its newest checkpoint. */
export class CheckpointsUnavailable extends Error {
  override readonly name = 'CheckpointsUnavailable';
}

/**
 * Asks a ledger for its newest checkpoint, as everybody does.
 *
 * @param ledger the URL of its API
 * @param tokenFile holds a bearer token; read each time, so that it may be changed
 * @returns the signed note; null while there is none
 */
export function ledgerCheckpoints(ledger: URL, tokenFile: string) {
  const beginning = ledger.href.replace(/\/$/, '');
  return async (log: LogName, signal: AbortSignal): Promise<string | null> => {
    const token = (await readFile(tokenFile, 'utf8')).trim();
    const answer = await fetch(`${beginning}/v1/logs/${log}/checkpoint`, {
      headers: { Authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new CheckpointsUnavailable(`the ledger at ${ledger.host} answered ${answer.status}`);
    return answer.text();
  };
}
