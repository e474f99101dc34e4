import { treeSize, type AgencyId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { exchangeOf, hoursAfter, police, youthOffice } from '../../testing/recorded-log.js';
import { projected } from '../../testing/projected.js';
import { requested } from '../../testing/stories.js';
import type { AnsweredRow } from '../asked.js';
import { ask, own } from '../testing/ask.js';
import { v16Checks } from './v16-integrity-checks.js';
import { integrityRows, v16 } from './v16-integrity.js';

type Data = Readonly<Record<string, unknown>>;
const missing = { missing: 'follows' };
const monday = '2026-05-04T08:00:00.000Z';
const tuesday = '2026-05-05T08:00:00.000Z';
const usual = { log: 'entries', treeSize: 40, verdict: 'valid', firstFault: undefined };

function checked(data: Data = {}, at = monday, story = new Story()): Story {
  story.tell('IntegrityVerified', { by: police, at, data: { ...usual, ...data } });
  return story;
}

function failed(data: Data): Story {
  const story = new Story();
  const recording = { components: ['sealing'], from: monday, until: tuesday, entriesUnsealed: 12 };
  story.tell('SystemOutageRecorded', { by: 'ledger', at: tuesday, data: { ...recording, ...data } });
  return story;
}

const rowsOf = (story: Story, agency: AgencyId = police): readonly AnsweredRow[] =>
  v16Checks.rows(story.matter, agency).map((row) => ({ agency, ...row }));
const cellsOf = (story: Story, agency?: AgencyId) => rowsOf(story, agency).map(({ cells }) => cells);

describe('V16: checks of the log', () => {
  it('shows what was checked and found', () => {
    const tampered = checked({ verdict: 'tampered', firstFault: 17, checked: ['inclusion'] });
    expect(cellsOf(tampered)).toMatchObject([
      { line: 'check', at: monday, log: 'entries', verdict: 'tampered', entries: 40, firstFault: 17 },
    ]);
  });

  it('shows an agency its own checks only, and none that is erased', () => {
    expect(cellsOf(checked(), youthOffice)).toEqual([]);
    const story = checked();
    const [check] = story.matter.entries;
    expect(check && cellsOf(story.erase(check.id))).toEqual([]);
  });

  it('shows outages that were everybody’s or its own', () => {
    const everybodys = failed({ agenciesAffected: undefined });
    expect(cellsOf(everybodys)).toMatchObject([
      { line: 'outage', at: monday, until: tuesday, lasting: false, components: ['sealing'], entriesUnsealed: 12 },
    ]);
    expect(cellsOf(failed({ agenciesAffected: [youthOffice] }))).toEqual([]);
    expect(cellsOf(failed({ agenciesAffected: [police], until: missing }))).toMatchObject([
      { until: null, lasting: true },
    ]);
  });

  it('says what is missing', () => {
    expect(cellsOf(checked({ log: missing, treeSize: missing, verdict: missing }))).toMatchObject([
      { log: null, entries: null, verdict: null },
    ]);
  });
});

describe('V16: integrity', () => {
  const signed = [{ log: 'entries', sealed: treeSize(40), root: 'cm9vdA==' }] as const;

  it('says of each log how much is sealed and when it was checked last', () => {
    const checks = rowsOf(checked({ verdict: 'incomplete', treeSize: 30 }, tuesday, checked()));
    expect(integrityRows(signed, { entries: 42, registry: 3 }, checks).map(({ cells }) => cells)).toEqual([
      {
        log: 'entries',
        entries: 42,
        sealed: 40,
        notYetSealed: 2,
        root: 'cm9vdA==',
        checkedAt: tuesday,
        verdict: 'incomplete',
        entriesChecked: 30,
      },
      {
        log: 'registry',
        entries: 3,
        sealed: 0,
        notYetSealed: 3,
        root: null,
        checkedAt: null,
        verdict: null,
        entriesChecked: null,
      },
    ]);
  });

  it('never says that more is sealed than there is', () => {
    expect(integrityRows(signed, { entries: 38, registry: 0 }, [])[0]?.cells).toMatchObject({
      entries: 40,
      notYetSealed: 0,
    });
  });

  it('knows from the log how many entries there are', async () => {
    await using world = await projected();
    await world.tell(requested(youthOffice, police, exchangeOf('first')));
    const { rows } = await ask(world.views, v16, own(police), { now: hoursAfter(1) });
    expect(rows.map(({ cells }) => [cells['log'], cells['entries'], cells['notYetSealed']])).toEqual([
      ['entries', 1, 1],
      ['registry', 0, 0],
    ]);
  });
});
