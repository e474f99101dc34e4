import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agencyId, entryId, type Instant } from '#kernel';
import { anAssessment } from '../../../libs/compliance/documents/testing/an-assessment.js';
import { AssessmentStore, type HandedOut } from './assessment-store.js';

const now = '2026-11-22T10:00:00.000Z' as Instant;
const over = '2026-12-22T10:00:00.000Z' as Instant;
const entry = entryId('0195a6f0-0001-7000-8000-000000000001');
const agency = agencyId('youth-office.example');

const handedOut = (place: number): HandedOut => ({
  ...anAssessment({ id: `0195a6f0-0006-7000-8000-00000000000${place}`, agency }),
  nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
  expiresAt: over,
});

describe('Assessments on the disk', () => {
  let folder: string;
  let store: AssessmentStore;
  const reopened = (): AssessmentStore =>
    new AssessmentStore({ trails: join(folder, 'trails'), keys: join(folder, 'keys') });
  const names = (): readonly string[] => readdirSync(folder, { recursive: true }).map(String);
  const recordOf = ({ id }: HandedOut): string => join(folder, 'trails', 'assessments', `${id}.json`);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assessments-'));
    store = reopened();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('open as they were handed out, also for a ledger that starts later', () => {
    const one = handedOut(1);
    store.add(one, 'digest');
    const record = reopened().find(one.id, now);
    expect(record).toMatchObject({ id: one.id, agency, digest: 'digest', expiresAt: over, attachedTo: [] });
    expect(record && reopened().open(record)).toEqual(one);
  });

  it('open no more once a byte of them is changed', () => {
    const one = handedOut(1);
    store.add(one, 'digest');
    const record = store.find(one.id, now);
    const changed = Buffer.from(record?.sealed ?? '', 'base64');
    changed.writeUInt8(changed.readUInt8(40) ^ 1, 40);
    expect(() => record && store.open({ ...record, sealed: changed.toString('base64') })).toThrow(
      'unable to authenticate',
    );
  });

  it('are kept once each, and stay for the entry that names them', async () => {
    const one = handedOut(1);
    store.add(one, 'digest');
    const record = store.find(one.id, now);
    if (record === undefined) throw new Error('it is not there');
    expect(() => store.add(one, 'other')).toThrow('EEXIST');
    for (let time = 0; time < 2; time += 1) store.attach(record, entry);
    expect(store.find(one.id, over)).toEqual({ ...record, attachedTo: [entry] });
    expect(store.open(record)).toEqual(one);
    await store.tidy(over, (id) => id === entry);
    expect(store.find(one.id, over)).toBeDefined();
    await store.tidy(over, () => false);
    expect(names().filter((name) => name.includes(one.id))).toEqual([]);
  });

  it('that a power failure cut off are as if they never were, and keep no ledger from starting', async () => {
    const [whole, cut] = [handedOut(1), handedOut(2)];
    for (const one of [whole, cut]) store.add(one, 'digest');
    for (const length of [10, 0]) {
      truncateSync(recordOf(cut), length);
      expect(store.find(cut.id, now)).toBeUndefined();
    }
    await store.tidy(now, () => false);
    expect(names().filter((name) => name.includes(cut.id))).toEqual([]);
    expect(store.find(whole.id, now)).toBeDefined();
  });

  it('that another ledger is writing are left to it: their key is not there yet', async () => {
    const one = handedOut(1);
    store.add(one, 'digest');
    const key = join(folder, 'keys', 'assessments', one.id);
    const [written, content] = [readFileSync(recordOf(one)), readFileSync(key)];
    rmSync(key);
    expect(store.find(one.id, now)).toBeUndefined();
    truncateSync(recordOf(one), 10);
    await store.tidy(now, () => false);
    expect(names().some((name) => name.endsWith(`${one.id}.json`))).toBe(true);
    writeFileSync(recordOf(one), written);
    writeFileSync(key, content);
    expect(store.find(one.id, now)).toBeDefined();
  });
});
