import { agencyId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v20 } from './v20-emergencies.js';

const [police, clinic] = [agencyId('police.example'), agencyId('clinic.example')];
const disclosureId = '0195a6f0-0003-7000-8000-000000000001';
const friday = '2026-11-20T22:00:00.000Z';
const missing = { missing: 'follows' };
const confirmed = { confirmedBy: 'staff-2', confirmedAt: '2026-11-21T09:00:00.000Z', confirmedByAnother: true };
const unconfirmed = { confirmedBy: missing, confirmedAt: missing, confirmedByAnother: missing };

type Data = Readonly<Record<string, unknown>>;

/** The clinic tells the police something that secrecy covers, at night. */
class Night extends Story {
  disclosed(data: Data = {}): this {
    this.tell('InformationDisclosed', {
      by: 'clinic.example',
      at: friday,
      data: { disclosureId, recipients: ['police.example'], gateway: 'emergency', ...data },
    });
    return this;
  }

  justified(data: Data): this {
    this.tell('EmergencyDisclosureJustified', {
      by: 'clinic.example',
      at: '2026-11-21T09:00:00.000Z',
      data: { disclosureId, ...data },
    });
    return this;
  }
}

const cellsOf = (story: Story, agency = clinic) => v20.rows(story.matter, agency).map(({ cells }) => cells);

describe('V20: emergencies that wait for a second person', () => {
  it('shows one that nobody has justified or confirmed', () => {
    expect(cellsOf(new Night().disclosed())).toEqual([
      {
        since: friday,
        disclosure: disclosureId,
        recipients: ['police.example'],
        purpose: 'exit-support',
        channel: 'secure-mail',
        lacking: ['justification', 'confirmation'],
        erased: false,
      },
    ]);
  });

  it('still shows one that is justified and not confirmed', () => {
    expect(cellsOf(new Night().disclosed().justified(unconfirmed))).toMatchObject([{ lacking: ['confirmation'] }]);
  });

  it('no longer shows it when a second person has confirmed it', () => {
    expect(cellsOf(new Night().disclosed().justified(unconfirmed).justified(confirmed))).toEqual([]);
  });

  it('does not take the word of who disclosed for that of a second person', () => {
    const alone = { ...confirmed, confirmedByAnother: false };
    expect(cellsOf(new Night().disclosed().justified(alone))).toMatchObject([{ lacking: ['second-person'] }]);
  });

  it('knows a justification that was recorded apart from the exchange', () => {
    const apart = new Night().justified(confirmed);
    expect(cellsOf(new Night().disclosed().link(disclosureId, apart))).toEqual([]);
  });

  it('shows a justification whose disclosure nobody recorded', () => {
    expect(cellsOf(new Night().justified(confirmed))).toMatchObject([{ lacking: ['disclosure'], recipients: [] }]);
    expect(cellsOf(new Night().justified(confirmed).link(disclosureId, new Night().disclosed()))).toEqual([]);
  });

  it('asks for the danger where it is missing', () => {
    expect(cellsOf(new Night().disclosed().justified({ ...confirmed, danger: missing }))).toMatchObject([
      { lacking: ['justification'] },
    ]);
  });

  it('leaves out disclosures on other grounds', () => {
    expect(cellsOf(new Night().disclosed({ gateway: 'consent-subject' }))).toEqual([]);
    expect(cellsOf(new Night().disclosed({ gateway: missing }))).toEqual([]);
  });

  it('says that the confirmation may have been erased', () => {
    const story = new Night().disclosed().justified(confirmed);
    const [, justification] = story.matter.entries;
    if (justification) story.erase(justification.id);
    expect(cellsOf(story)).toMatchObject([{ lacking: ['justification', 'confirmation'], erased: true }]);
  });

  it('shows nothing to the recipient, and lets nobody else confirm', () => {
    expect(cellsOf(new Night().disclosed(), police)).toEqual([]);
    const story = new Night().disclosed();
    story.tell('EmergencyDisclosureJustified', {
      by: 'police.example',
      at: friday,
      data: { disclosureId, ...confirmed },
    });
    expect(cellsOf(story)).toMatchObject([{ lacking: ['justification', 'confirmation'] }]);
  });
});
