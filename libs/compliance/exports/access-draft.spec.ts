import { treeSize, type Instant } from '#kernel';
import { asText } from '../documents/as-text.js';
import { Story } from '../rules/testing/story.js';
import { clinic, police, uuidOf, youthOffice } from '../testing/recorded-log.js';
import { v3 } from '../views/by-id/v03-recipients.js';
import { accessDraft } from './access-draft.js';
import { leakTest } from './leak-test.js';

const at = '2026-04-01T08:00:00.000Z' as Instant;
const [own, ofOthers] = [{ dataCategory: 'identity' }, { dataCategory: 'family', thirdPerson: true }];

type Data = Readonly<Record<string, unknown>>;

interface Circumstances {
  readonly type?: string;
  readonly regime?: string;
  readonly isCorrected?: boolean;
  readonly isRefused?: boolean;
  readonly isAskedAnew?: boolean;
  /** the clinic said of what it disclosed */
  readonly theirs?: Data;
}

/** The youth office has passed something on, and corrected it since or not. */
function drafted(data: Data, circumstances: Circumstances = {}) {
  const { type = 'InformationDisclosed', regime = 'GDPR', isCorrected = false } = circumstances;
  const { isRefused = false, isAskedAnew = false } = circumstances;
  const story = new Story();
  const disclosure = { disclosureId: uuidOf('passed on'), recipients: [police], items: [own], ...data };
  const id = story.tell(type, { by: youthOffice, at, data: type === 'InformationConsulted' ? data : disclosure });
  const passed = story.matter.entries.slice(0, 1);
  if (isCorrected) story.tell('EntryCorrected', { by: youthOffice, at, data: { corrects: id } });
  const { theirs } = circumstances;
  if (theirs)
    story.tell('InformationDisclosed', {
      by: clinic,
      at,
      data: { ...disclosure, recipients: [youthOffice], ...theirs },
    });
  const tested = leakTest(passed, {
    needsConsent: () => false,
    agreedTo: () => false,
    now: at,
    isChanged: () => isCorrected,
    deferred: new Set(),
    forbidden: new Set(),
    decision: { isRefused, isAskedAnew, omitted: new Map(), ofDisclosure: new Map() },
    disclosedToUs: theirs ? story.matter.entries.slice(-1) : [],
    withholding: new Set(),
  });
  const material = {
    language: 'en' as const,
    at,
    completeUpTo: treeSize(100),
    agencies: [youthOffice],
    regime,
    entries: tested.told,
    judged: [],
    agencyNames: new Map(),
    leakTest: tested,
  };
  const rows = v3.rows(story.matter, youthOffice).map((row) => ({ agency: youthOffice, ...row }));
  const { document, gaps } = accessDraft(material, tested, rows);
  return {
    text: asText(document),
    whole: gaps.filter(({ entry }) => entry === null).map(({ what }) => what),
    gaps: gaps.filter(({ entry }) => entry === id).map(({ what }) => what),
  };
}

const nobodyNamed = 'No recipient of your data who is to be named to you is recorded.';

describe('The draft of an access answer', () => {
  it('tells who received what', () => {
    const { text, gaps } = drafted({});
    expect(text).toMatch(/police\.example[^]*Categories: identity/);
    expect(gaps).toEqual([]);
  });

  it('names who received something that also speaks of others, without what it says of them', () => {
    const { text, gaps } = drafted({ items: [own, ofOthers] });
    expect(text).toMatch(/police\.example[^]*Categories: identity/);
    expect(text).not.toContain('family');
    expect(gaps).toEqual(['third-persons']);
  });

  it('leaves to be filled in what cannot be told apart from others', () => {
    const { text } = drafted({ items: [ofOthers] });
    expect(text).toMatch(/police\.example[^]*Categories: to be filled in/);
    expect(text).not.toContain('family');
  });

  it('tells that something was passed on although nobody recorded to whom', () => {
    const { text, gaps } = drafted({ recipients: { missing: 'not-given' } });
    expect(text).toMatch(/recipient not recorded[^]*Categories: identity/);
    expect(text).not.toContain(nobodyNamed);
    expect(gaps).toEqual(['recipient']);
  });

  it('says the same where something is withheld as where nothing is recorded', () => {
    const { text } = drafted({ visibility: 'restricted' });
    expect(text).toContain(nobodyNamed);
    expect(text).not.toContain(police);
  });

  it('says once that something was corrected, to who answers alone', () => {
    const { text, gaps } = drafted({}, { isCorrected: true });
    expect(text).not.toContain(police);
    expect(gaps).toEqual(['corrected']);
  });

  const receipt = { disclosedBy: clinic, recipients: undefined, items: undefined };
  const received = { type: 'DisclosureReceived', theirs: { purpose: 'exit-support', items: [own] } };

  it('tells what came with the purpose and categories that its discloser recorded', () => {
    const { text, gaps } = drafted(receipt, received);
    expect(text).toMatch(/clinic\.example/);
    expect(text).toMatch(/Purpose: exit support[^]*Categories: identity/);
    expect(gaps).toEqual([]);
  });

  it('leaves out what the discloser said of others, and says so to who answers alone', () => {
    const { text, gaps } = drafted(receipt, { ...received, theirs: { items: [ofOthers] } });
    expect(text).toMatch(/Categories: to be filled in/);
    expect(text).not.toContain('family');
    expect(gaps).toEqual(['third-persons']);
  });

  it('lists as lacking what the letter calls not recorded', () => {
    const { text, gaps } = drafted(receipt, { type: 'DisclosureReceived' });
    expect(text).toMatch(/Purpose: not recorded[^]*Categories: not recorded/);
    expect(gaps).toEqual(['purpose', 'categories']);
  });

  it('tells when data were looked up and why, and never who did', () => {
    const looked = { purpose: 'exit-support', dataCategories: ['exit-progress'], actor: 'staff-4711' };
    const { text, gaps } = drafted(looked, { type: 'InformationConsulted' });
    expect(text).toMatch(/When your data were looked up[^]*1 April 2026[^]*exit support[^]*progress of the exit/);
    expect(text).not.toContain('4711');
    expect(gaps).toEqual([]);
  });

  it('lists as lacking what is not recorded of a look', () => {
    const missing = { missing: 'not-given' };
    const { text, gaps } = drafted({ purpose: missing, dataCategories: missing }, { type: 'InformationConsulted' });
    expect(text).toMatch(/When your data were looked up[^]*not recorded/);
    expect(gaps).toEqual(['purpose', 'categories']);
  });

  it('tells nothing after a refusal, and says so to who answers alone', () => {
    const { text, gaps, whole } = drafted({}, { isRefused: true });
    expect(text).toContain(nobodyNamed);
    expect(text).not.toMatch(/refuse access|neither/i);
    expect([whole, gaps]).toEqual([['refused', 'storage'], ['refused']]);
  });

  it('shows to who answers what there is, once the person asked anew', () => {
    const { text, whole } = drafted({}, { isRefused: true, isAskedAnew: true });
    expect(text).toMatch(/police\.example/);
    expect(whole).toEqual(['storage']);
  });

  it('answers under the law of the agency', () => {
    expect(drafted({}).text).toContain('GDPR 15');
    const { text } = drafted({}, { regime: 'LED' });
    expect(text).toContain('LED 14');
    expect(text).not.toContain('GDPR 15');
  });
});
