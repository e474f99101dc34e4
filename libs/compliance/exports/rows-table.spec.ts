import { treeSize, type Instant } from '#kernel';
import { asText } from '../documents/as-text.js';
import { Story } from '../rules/testing/story.js';
import { police, school, youthOffice } from '../testing/recorded-log.js';
import { v3 } from '../views/by-id/v03-recipients.js';
import { rowsTable } from './rows-table.js';

const at = '2026-04-01T08:00:00.000Z' as Instant;

describe('A view in an export', () => {
  it('says of each recipient under which law it is, whichever the sender names for all of them', () => {
    const story = new Story();
    const data = { recipients: [police, school], regime: 'GDPR', regimeRecipient: 'LED' };
    story.tell('InformationDisclosed', { by: youthOffice, at, data });
    const admissions = { regimeOf: (body: string) => (body === police ? 'LED' : 'GDPR'), packOf: () => null };
    const document = rowsTable(v3, {
      language: 'en',
      at,
      completeUpTo: treeSize(1),
      agencies: [youthOffice],
      agencyNames: new Map(),
      admissions,
      regime: null,
      entries: story.matter.entries,
      judged: [],
      leakTest: null,
    });
    const laws = asText(document).match(/(?<=its law: )(?:Law Enforcement|General Data Protection)/g);
    expect(laws).toEqual(['Law Enforcement', 'General Data Protection']);
  });
});
