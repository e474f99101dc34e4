import { agencyId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v7 } from './v07-refusals.js';

const [police, youthOffice] = [agencyId('police.example'), agencyId('youth-office.example')];

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
