import { agencyId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v15 } from './v15-retention.js';

type Data = Readonly<Record<string, unknown>>;
const youth = agencyId('youth.example');
const police = agencyId('police.example');
const opening = '0195a6f0-0001-7000-8000-000000000021';
const missing = { missing: 'unknown' };
const may = '2026-05-04T08:00:00.000Z';
const june = '2026-06-04T08:00:00.000Z';

const reviewed = (data: Data = {}, at = may): Story => {
  const story = new Story();
  const usual = { opening, outcome: 'keep', nextReview: '2026-11-04', eraseBy: undefined, disclosures: undefined };
  story.tell('RetentionReviewed', { by: 'youth.example', at, data: { ...usual, ...data } });
  return story;
};

const held = (data: Data = {}): Story => {
  const story = new Story();
  const usual = { ground: 'court-case', until: '2026-12-31', reviewDue: '2026-08-01', entries: undefined };
  story.tell('LegalHoldPlaced', { by: 'youth.example', at: may, data: { ...usual, ...data } });
  return story;
};

const erased = (data: Data = {}): Story => {
  const story = new Story();
  const recorded = { from: '2024-01-01', until: '2024-12-31' };
  const usual = { agency: youth, recorded, reached: ['rows', 'keys', 'views'], backupsClearBy: '2026-06-30' };
  story.tell('ErasureExecuted', { by: 'operator.example', at: may, data: { ...usual, ...data, completes: undefined } });
  return story;
};

const cellsOf = (story: Story, agency = youth) => v15.rows(story.matter, agency).map(({ cells }) => cells);
const idOf = (story: Story): string => story.matter.entries[0]?.id ?? '';

/** Another entry of the agency that names this one or its case. */
function later(type: string, data: Data, by = 'youth.example'): Story {
  const story = new Story();
  // Entries are numbered by their place, and this one is another.
  story.tell('CaseOpened', { by: 'nobody.example', at: may });
  story.tell(type, { by, at: june, data });
  return story;
}

describe('V15: reviews', () => {
  it('shows what was found, and by when it is looked at again', () => {
    expect(cellsOf(reviewed())).toMatchObject([
      { line: 'review', at: may, open: true, due: '2026-11-04', outcome: 'keep', case: opening },
    ]);
    expect(cellsOf(reviewed({ outcome: 'erase', nextReview: undefined, eraseBy: '2026-06-01' }))).toMatchObject([
      { open: false, due: null, eraseBy: '2026-06-01' },
    ]);
  });

  it.each(['RetentionReviewed', 'CaseReviewed', 'CaseClosed'])('are no longer open after %s', (type) => {
    expect(cellsOf(reviewed().link(opening, later(type, { opening })))).toMatchObject([{ open: false }]);
    const others = later(type, { opening }, 'police.example');
    expect(cellsOf(reviewed().link(opening, others))).toMatchObject([{ open: true }]);
  });

  it('say what is missing', () => {
    expect(cellsOf(reviewed({ opening: missing, outcome: missing, nextReview: missing }))).toMatchObject([
      { open: false, due: null, outcome: null, case: null },
    ]);
  });
});

describe('V15: legal holds', () => {
  it('show ground, last day and what comes first: review or end', () => {
    expect(cellsOf(held())).toMatchObject([
      { line: 'hold', open: true, ground: 'court-case', until: '2026-12-31', due: '2026-08-01' },
    ]);
    expect(cellsOf(held({ reviewDue: missing }))).toMatchObject([{ due: '2026-12-31' }]);
    expect(cellsOf(held({ reviewDue: missing, until: missing }))).toMatchObject([{ due: null, until: null }]);
  });

  it('are reviewed where another one follows from them, and end with their last day then', () => {
    const again = later('LegalHoldPlaced', { causedBy: idOf(held()) });
    expect(cellsOf(held().link(idOf(held()), again))).toMatchObject([{ open: true, due: '2026-12-31' }]);
    const others = later('LegalHoldPlaced', { causedBy: idOf(held()) }, 'police.example');
    expect(cellsOf(held().link(idOf(held()), others))).toMatchObject([{ open: true, due: '2026-08-01' }]);
  });

  it('are over when they are released by the agency itself', () => {
    const hold = held();
    const release = (by?: string) => later('LegalHoldReleased', { legalHold: idOf(hold) }, by);
    expect(cellsOf(held().link(idOf(hold), release('police.example')))).toMatchObject([{ open: true }]);
    expect(cellsOf(held().link(idOf(hold), release()))).toMatchObject([{ open: false, due: null, releasedAt: june }]);
  });
});

describe('V15: erasures', () => {
  it('stay open until they have arrived everywhere', () => {
    expect(cellsOf(erased())).toMatchObject([
      { line: 'erasure', open: true, due: '2026-06-30', recordedFrom: '2024-01-01', recordedUntil: '2024-12-31' },
    ]);
    const rest = later('ErasureExecuted', { agency: youth, reached: ['backups'], completes: idOf(erased()) });
    expect(cellsOf(erased().link(idOf(erased()), rest))).toMatchObject([
      { open: false, due: null, reached: ['rows', 'keys', 'views', 'backups'] },
    ]);
  });

  it('are shown to the agency whose entries they were, once', () => {
    expect(cellsOf(erased(), police)).toEqual([]);
    const rest = new Story();
    rest.tell('ErasureExecuted', { at: june, data: { agency: youth, completes: opening } });
    expect(cellsOf(rest)).toEqual([]);
  });

  it('say what is missing', () => {
    expect(cellsOf(erased({ recorded: missing, reason: missing, entriesAffected: missing }))).toMatchObject([
      { recordedFrom: null, reason: null, entries: null },
    ]);
  });
});

describe('V15: what is erased or of others', () => {
  it.each([reviewed, held, erased])('shows nothing of %p', (told) => {
    const story = told();
    expect(cellsOf(story, police)).toEqual([]);
    const [entry] = story.matter.entries;
    if (entry) story.erase(entry.id);
    expect(cellsOf(story)).toEqual([]);
  });
});
