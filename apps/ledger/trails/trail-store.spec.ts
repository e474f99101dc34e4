import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agencyId, type Instant } from '#kernel';
import type { DataDirectory } from '../data-directory.js';
import { TrailStore, type TrailJob } from './trail-store.js';

const now = '2026-11-22T10:00:00.000Z' as Instant;
const before = '2026-11-14T10:00:00.000Z' as Instant;

const job = (place: number, differing: Partial<TrailJob> = {}): TrailJob => ({
  id: `0195a6f0-0007-7000-8000-00000000000${place}`,
  agency: agencyId('dpa.example'),
  role: 'regulator',
  log: 'entries',
  from: 0,
  to: 1,
  requestedAt: before,
  writer: 'one',
  state: 'done',
  done: 1,
  total: 1,
  ...differing,
});

describe('Written trails', () => {
  let folder: string;
  let store: TrailStore;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'trails-'));
    const [trails, keys] = ['trails', 'keys'].map((name) => join(folder, name));
    for (const path of [trails, join(keys ?? '', 'trails')]) mkdirSync(path ?? '', { recursive: true });
    store = new TrailStore({ trails, keys, instance: 'one' } as DataDirectory);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const statesAfter = (tidied: () => void): readonly (string | undefined)[] => {
    store.save(job(1));
    store.save(job(2, { state: 'running' }));
    store.save(job(3, { requestedAt: now, state: 'running' }));
    store.save(job(4, { requestedAt: now }));
    tidied();
    return [1, 2, 3, 4].map((place) => store.find(job(place).id)?.state);
  };

  it('are destroyed after their days while the ledger runs, which leaves alone what it is writing', () => {
    expect(statesAfter(() => store.expire(now, 7))).toEqual([undefined, 'running', 'running', 'done']);
  });

  it('are destroyed after their days when the ledger starts, and what it was writing has failed', () => {
    expect(statesAfter(() => store.tidy(now, 7))).toEqual([undefined, undefined, 'failed', 'done']);
  });
});
