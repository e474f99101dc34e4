import { DatabaseSync } from 'node:sqlite';
import { entryId, treeSize, type Instant } from '#kernel';
import { Register } from './register.js';
import { entryNumber } from './testing/entries.js';
import { Scratch } from './testing/scratch.js';
import { join } from 'node:path';

const mark = (number: number) => ({
  id: entryId(entryNumber(number)),
  recordedAt: '2026-11-22T10:00:00.000Z' as Instant,
});

describe('marks that share a commit', () => {
  let scratch: Scratch;
  let file: string;
  let database: DatabaseSync;
  let register: Register;

  beforeEach(() => {
    scratch = new Scratch();
    file = join(scratch.path, 'shared.sqlite');
    database = new DatabaseSync(file);
    register = new Register(database, 3);
  });
  afterEach(() => {
    if (database.isOpen) database.close();
    scratch.remove();
  });

  const reopened = (): Register => {
    database.close();
    database = new DatabaseSync(file);
    return new Register(database, 3);
  };

  it('are seen at once, and are behind the log after a crash, never ahead', () => {
    for (let n = 0; n < 5; n++) register.mark('entries', treeSize(n), [mark(n)]);
    expect([register.size('entries'), register.placeOf(mark(4).id)?.index]).toEqual([5, 4]);
    const afterwards = reopened();
    expect([afterwards.size('entries'), afterwards.placeOf(mark(4).id)]).toEqual([3, undefined]);
    afterwards.mark('entries', treeSize(3), [mark(3), mark(4)]);
    expect(afterwards.placeOf(mark(4).id)?.index).toBe(4);
  });

  it('are all in the file after an orderly end', () => {
    for (let n = 0; n < 5; n++) register.mark('entries', treeSize(n), [mark(n)]);
    register.commit();
    expect(reopened().size('entries')).toBe(5);
  });

  it('are forgotten together when one of them fails, and the register says how far it still is', () => {
    for (let n = 0; n < 5; n++) register.mark('entries', treeSize(n), [mark(n)]);
    expect(() => register.mark('entries', treeSize(5), [mark(0)])).toThrow('UNIQUE');
    expect([register.size('entries'), register.placeOf(mark(4).id)]).toEqual([3, undefined]);
    register.mark('entries', treeSize(3), [mark(3), mark(4), mark(5)]);
    expect(reopened().size('entries')).toBe(6);
  });
});
