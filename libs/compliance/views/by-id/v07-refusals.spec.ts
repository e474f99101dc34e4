import { agencyId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v7 } from './v07-refusals.js';

const [police, youthOffice] = [agencyId('police.example'), agencyId('youth-office.example')];
const disclosureId = '0195a6f0-0003-7000-8000-000000000001';

function decided(decision: unknown, data: Readonly<Record<string, unknown>> = {}): Story {
  const story = new Story();
  const request = story.tell('InformationRequested', { at: '2026-05-04T10:00:00.000Z' });
  story.tell('RequestDecided', {
    by: youthOffice,
    at: '2026-05-06T10:00:00.000Z',
    data: { decision, request, requester: undefined, ...data },
  });
  return story;
}

const cellsOf = (story: Story, agency = police) => v7.rows(story.matter, agency).map(({ cells }) => cells);

describe('V7: what was refused', () => {
  it('shows both sides who refused what to whom, and whether it is reasoned', () => {
    const row = {
      of: 'request',
      decidedAt: '2026-05-06T10:00:00.000Z',
      requestedBy: police,
      decidedBy: youthOffice,
      decision: 'grant-partial',
      refused: ['school-attendance'],
      granted: ['exit-progress'],
      reasoned: true,
      decidedAgain: false,
    };
    expect(cellsOf(decided('grant-partial'))).toMatchObject([row]);
    expect(cellsOf(decided('grant-partial'), youthOffice)).toMatchObject([row]);
  });

  it.each([['refuse'], ['redirect'], ['not-held']])('shows a decision to %s', (decision) => {
    expect(cellsOf(decided(decision))).toMatchObject([{ decision }]);
  });

  it.each([['grant-full'], ['oral-only'], ['defer'], [{ missing: 'follows' }]])('leaves out %j', (decision) => {
    expect(cellsOf(decided(decision))).toEqual([]);
  });

  it('shows both sides that what was disclosed was not to be passed on, and to whom', () => {
    const story = new Story();
    const at = '2026-05-06T10:00:00.000Z';
    const elsewhere = new Story();
    elsewhere.tell('InformationDisclosed', { by: youthOffice, at, data: { disclosureId } });
    story.link(disclosureId, elsewhere);
    story.tell('OnwardSharingRefused', { by: youthOffice, at, data: { disclosureId } });
    const row = {
      of: 'onward-sharing',
      decidedAt: at,
      requestedBy: police,
      decidedBy: youthOffice,
      decision: 'refuse',
      refused: ['exit-progress', 'family'],
      reasoned: true,
      decidedAgain: false,
      onwardTo: ['prosecution.example'],
    };
    expect(cellsOf(story)).toMatchObject([row]);
    expect(cellsOf(story, youthOffice)).toMatchObject([row]);
    story.tell('OnwardSharingPermitted', { by: youthOffice, at: '2026-05-09T10:00:00.000Z', data: { disclosureId } });
    expect(cellsOf(story)).toMatchObject([{ decidedAgain: true }]);
  });

  it('says that no reason was recorded', () => {
    expect(cellsOf(decided('refuse', { justification: { missing: 'not-given' } }))).toMatchObject([
      { reasoned: false },
    ]);
  });

  it('says that the same was decided again', () => {
    const story = decided('refuse');
    const request = story.matter.entries[0]?.id;
    story.tell('RequestDecided', { by: youthOffice, at: '2026-05-09T10:00:00.000Z', data: { request } });
    expect(cellsOf(story).map(({ decidedAgain }) => decidedAgain)).toEqual([true, false]);
  });

  it('does not know the requester once the request is erased', () => {
    const story = decided('refuse');
    const [request] = story.matter.entries;
    if (request) story.erase(request.id);
    expect(cellsOf(story)).toMatchObject([{ requestedBy: null }]);
  });

  it('shows nothing of a decision that was erased', () => {
    const story = decided('refuse');
    const decision = story.matter.entries[1];
    if (decision) story.erase(decision.id);
    expect(cellsOf(story)).toEqual([]);
  });
});
