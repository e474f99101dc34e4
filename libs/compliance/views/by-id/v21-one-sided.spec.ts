import { agencyId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { rowsOf } from '../rows-of.js';
import { v21 } from './v21-one-sided.js';

const [youth, police, clinic] = ['youth.example', 'police.example', 'clinic.example'].map(agencyId) as [
  ReturnType<typeof agencyId>,
  ReturnType<typeof agencyId>,
  ReturnType<typeof agencyId>,
];
const disclosureId = '0195a6f0-0003-7000-8000-000000000001';
const monday = '2026-05-04T08:00:00.000Z';
const digest = 'A'.repeat(43);

type Data = Readonly<Record<string, unknown>>;

/** The youth office tells the police something. */
class Exchange extends Story {
  disclosed(data: Data = {}): this {
    const usual = { disclosureId, recipients: [police], manifestDigest: digest };
    this.tell('InformationDisclosed', { by: youth, at: monday, data: { ...usual, ...data } });
    return this;
  }

  received(data: Data = {}, by = police): this {
    const usual = { disclosureId, disclosedBy: youth, matchesManifest: true, manifestDigest: digest };
    this.tell('DisclosureReceived', { by, at: '2026-05-05T08:00:00.000Z', data: { ...usual, ...data } });
    return this;
  }
}

const cellsOf = (story: Story, agency = youth) => v21.rows(story.matter, agency).map(({ cells }) => cells);

describe('V21: entries that only one side has', () => {
  it('shows the sender and the recipient a disclosure without receipt, each from its side', () => {
    const lacking = { lacking: 'receipt', since: monday, disclosure: disclosureId, receipt: null };
    expect(cellsOf(new Exchange().disclosed())).toMatchObject([
      { ...lacking, role: 'sender', counterpart: police, silent: true },
    ]);
    expect(cellsOf(new Exchange().disclosed(), police)).toMatchObject([
      { ...lacking, role: 'recipient', counterpart: youth, silent: false },
    ]);
  });

  it('shows nothing once both have recorded the same', () => {
    expect(cellsOf(new Exchange().disclosed().received())).toEqual([]);
    expect(cellsOf(new Exchange().disclosed().received(), police)).toEqual([]);
  });

  it('finds the other entry in another exchange, too', () => {
    const [sent, got] = [new Exchange().disclosed(), new Exchange().received()];
    const differing = new Exchange().received({ matchesManifest: false });
    for (const agency of [youth, police]) {
      expect(cellsOf(new Exchange().disclosed().link(disclosureId, got), agency)).toEqual([]);
      expect(cellsOf(new Exchange().received().link(disclosureId, sent), agency)).toEqual([]);
      expect(cellsOf(new Exchange().disclosed().link(disclosureId, differing), agency)).toMatchObject([
        { lacking: 'agreement', silent: false },
      ]);
    }
  });

  it('shows one line for each recipient that is silent', () => {
    const story = new Exchange().disclosed({ recipients: [police, clinic, clinic] }).received();
    expect(cellsOf(story)).toMatchObject([{ counterpart: clinic }]);
    expect(cellsOf(story, police)).toEqual([]);
  });

  it('shows both a receipt of what nobody recorded as sent', () => {
    expect(cellsOf(new Exchange().received(), police)).toMatchObject([
      { lacking: 'disclosure', role: 'recipient', counterpart: youth },
    ]);
    expect(cellsOf(new Exchange().received())).toMatchObject([
      { lacking: 'disclosure', role: 'sender', counterpart: police },
    ]);
  });

  it.each<[string, Data]>([
    ['the recipient says so', { matchesManifest: false }],
    ['the digests differ', { manifestDigest: 'B'.repeat(43) }],
    [
      'the recipient does not know, and there is no digest',
      { matchesManifest: { missing: 'unknown' }, manifestDigest: undefined },
    ],
  ])('shows that the two differ where %s', (_, data) => {
    expect(cellsOf(new Exchange().disclosed().received(data))).toMatchObject([{ lacking: 'agreement' }]);
  });

  it('does not compare what cannot be compared', () => {
    const other = { manifestDigest: 'B'.repeat(43) };
    const toTwo = new Exchange().disclosed({ recipients: [police, clinic] });
    expect(cellsOf(toTwo.received(other).received(other, clinic))).toEqual([]);
    expect(cellsOf(new Exchange().disclosed({ manifestDigest: undefined }).received(other))).toEqual([]);
  });

  it('takes no receipt without the name of the disclosure for one', () => {
    const missing = { missing: 'unknown' };
    expect(
      cellsOf(new Exchange().disclosed().received({ disclosureId: missing })).map(({ lacking }) => lacking),
    ).toEqual(['receipt', 'disclosure']);
    expect(cellsOf(new Exchange().disclosed({ recipients: missing }))).toEqual([]);
  });

  it('says that the other entry may have been erased', () => {
    const story = new Exchange().disclosed().received();
    const [, receipt] = story.matter.entries;
    if (receipt) story.erase(receipt.id);
    const shown = rowsOf(v21, story.matter).filter(({ agency }) => agency === youth);
    expect(shown.map(({ cells }) => cells)).toMatchObject([{ lacking: 'receipt', erased: true, silent: false }]);
  });

  it('shows a third party of the exchange nothing', () => {
    expect(cellsOf(new Exchange().disclosed(), clinic)).toEqual([]);
  });
});
