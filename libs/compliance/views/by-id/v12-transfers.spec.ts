import { agencyId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v12 } from './v12-transfers.js';

const [police, abroad] = [agencyId('police.example'), agencyId('police.abroad.example')];
const missing = { missing: 'unknown' };

function transferred(transfer: unknown, data: Readonly<Record<string, unknown>> = {}): Story {
  const story = new Story();
  story.tell('InformationDisclosed', {
    at: '2026-05-04T10:00:00.000Z',
    data: { regime: 'LED', recipients: [abroad], transfer, ...data },
  });
  return story;
}

const cellsOf = (story: Story, agency = police) => v12.rows(story.matter, agency).map(({ cells }) => cells);

const documented = { country: 'TR', tool: 'LED 37(1)(a), agreement of 2019', assessment: 'assessment-7' };

describe('V12: what left for third countries', () => {
  it('shows country, recipient, data, basis and when the supervisor was told', () => {
    const told = { ...documented, supervisorInformedOn: '2026-12-01' };
    expect(cellsOf(transferred(told, { legalBasisTransmit: { code: 'LED-A37-1-a' } }))).toMatchObject([
      {
        country: 'TR',
        recipients: [abroad],
        legalBasis: 'LED-A37-1-a',
        tool: documented.tool,
        supervisorInformedOn: '2026-12-01',
        lacking: [],
      },
    ]);
  });

  it('shows data of another member state, with its authorisation or why there is none', () => {
    const urgent = { originState: 'NL', withoutAuthorisation: true, originInformedOn: '2026-05-05' };
    expect(cellsOf(transferred({ ...documented, ...urgent }))).toMatchObject([
      { originState: 'NL', originAuthorisation: null, withoutAuthorisation: true, originInformedOn: '2026-05-05' },
    ]);
  });

  it('says what is not documented', () => {
    const [cells] = cellsOf(transferred({ country: missing, tool: 'Art. 49' }, { justification: missing }));
    expect(cells).toMatchObject({ country: null, lacking: ['country', 'assessment', 'justification'] });
  });

  it('shows a transfer of which nothing more is known', () => {
    expect(cellsOf(transferred(missing))).toMatchObject([
      { country: null, lacking: ['country', 'tool', 'assessment'] },
    ]);
  });

  it.each([['AT'], ['NO']])('leaves out what went to %s', (country) => {
    expect(cellsOf(transferred({ country }))).toEqual([]);
  });

  it.each([
    ['LED', 0],
    ['GDPR', 1],
  ])('shows what a body admitted under %s sent to Switzerland without saying its regime: %s', (regime, expected) => {
    const story = transferred({ country: 'CH' }, { regime: missing });
    const admittedAt = () => ({ regimeOf: () => regime, packOf: () => null });
    expect(v12.rows(story.matter, police, admittedAt)).toHaveLength(expected);
  });

  it('leaves out disclosures at home', () => {
    expect(cellsOf(transferred(undefined))).toEqual([]);
  });

  it('is the view of the sender, who answers for it', () => {
    expect(cellsOf(transferred(documented), abroad)).toEqual([]);
  });

  it('shows nothing of what was erased', () => {
    const story = new Story();
    const id = story.tell('InformationDisclosed', { at: '2026-05-04T10:00:00.000Z', data: { transfer: documented } });
    expect(cellsOf(story.erase(id))).toEqual([]);
  });
});
