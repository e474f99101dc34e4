import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Caller } from '../support/caller.js';
import { until } from '../support/running-ledger.js';

export interface TrailState {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly done: number;
  readonly total: number;
}

export const stateOf = async (caller: Caller, path: string): Promise<TrailState> =>
  (await caller.get(path)).json<TrailState>();

/** Orders a trail, or an export, and waits until it is written, or has failed. @returns its address */
export async function ordered(caller: Caller, order: object, headers = {}, at = '/v1/trails'): Promise<string> {
  const { status, headers: sent, text } = await caller.post(at, order, headers);
  if (status !== 202) throw new Error(`no trail was ordered: ${text}`);
  const path = String(sent.location);
  await until(async () => ['done', 'failed'].includes((await stateOf(caller, path)).state));
  return path;
}

export const contentOf = (caller: Caller, path: string): Promise<Answer> => caller.get(`${path}/content`);

let saved = 0;

/** Puts a trail where its recipient would. */
export function savedIn(folder: string, bytes: Buffer): string {
  const path = join(folder, `trail-${(saved += 1)}.zip`);
  writeFileSync(path, bytes);
  return path;
}
