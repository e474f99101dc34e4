import { type Language, languages } from '#catalogue';
import { agencyId, type Instant } from '#kernel';
import { accessAnswer, type AccessAnswerInput } from './access-answer.js';
import { asText } from './as-text.js';
import { textsOf } from './testing/texts-of.js';
import { agencyNames } from './testing/an-assessment.js';

const input: AccessAnswerInput = {
  agency: agencyId('youth-office.example'),
  at: '2026-11-22T10:00:00.000Z' as Instant,
  entries: 4711,
  recipients: [
    {
      date: '2026-03-01T09:00:00.000Z' as Instant,
      agency: agencyId('police.example'),
      purpose: 'threat-prevention',
      categories: ['identity', 'threat-indicator'],
      legalBasis: { code: 'GDPR-A6-1-e', provision: 'SGB X § 69(1) no. 1' },
      source: agencyId('school.example'),
    },
    {
      date: null,
      agency: agencyId('clinic.example'),
      purpose: null,
      categories: [],
      legalBasis: null,
      source: null,
    },
  ],
  consultations: [
    { date: '2026-03-09T11:05:00.000Z' as Instant, purpose: 'exit-support', categories: ['family'] },
    { date: '2026-03-10T11:05:00.000Z' as Instant, purpose: null, categories: null },
  ],
  purposes: ['exit-support'],
  categories: ['family'],
  storage: ['Three years after the case closes.'],
  supervisor: 'Supervisory authority of Exampleland',
};
const unknown: AccessAnswerInput = {
  ...input,
  recipients: [],
  consultations: [],
  purposes: [],
  categories: [],
  storage: [],
  supervisor: null,
};

const written = (language: Language, changed: AccessAnswerInput = input): string =>
  textsOf(accessAnswer(changed, language, agencyNames)).join(' | ');

describe('the draft answer to a request for access', () => {
  it.each<[string, Language, string]>([
    ['(a) the purposes', 'en', 'Purposes of the processing | exit support | prevention of threats'],
    ['(a) the purposes', 'de', 'Verarbeitungszwecke | Ausstiegsbegleitung | Gefahrenabwehr'],
    ['(b) the categories', 'en', 'Categories of data | family | identity | indicator of a threat'],
    ['(b) the categories', 'de', 'Kategorien personenbezogener Daten | Familie | Identität | Gefährdungshinweis'],
    ['(c) each recipient by name', 'en', '1 March 2026 | Polizei Musterstadt | prevention of threats | identity and'],
    ['(c) each recipient by name', 'de', '01.03.2026 | Polizei Musterstadt | Gefahrenabwehr | Identität und'],
    ['(c) a recipient of whom little is recorded', 'en', 'not recorded | clinic.example | not recorded'],
    ['each consultation', 'en', 'Categories | 9 March 2026 | exit support | family'],
    [
      'each consultation',
      'de',
      'Wann Ihre Daten abgefragt wurden | Datum | Zweck | Kategorien | 09.03.2026 | Ausstiegsbegleitung | Familie',
    ],
    ['a consultation of which little is recorded', 'en', '10 March 2026 | not recorded | to be filled in'],
    ['(d) how long', 'en', 'How long the data are kept | Three years after the case closes.'],
    ['(d) how long', 'de', 'Speicherdauer | Three years after the case closes.'],
    ['(e) the rights', 'en', 'objection to the processing'],
    ['(e) the rights', 'de', 'Einschränkung der Verarbeitung (DSGVO 18)'],
    [
      '(f) the complaint',
      'en',
      'complaint with a supervisory authority (GDPR 77). | Competent authority | Supervisory',
    ],
    ['(f) the complaint', 'de', 'sich bei einer Aufsichtsbehörde zu beschweren (DSGVO 77).'],
    ['(g) the origin', 'en', 'Where the data come from | From school.example'],
    ['(g) the origin', 'de', 'Herkunft der Daten | Von school.example'],
    ['(h) automated decisions', 'en', 'GDPR 15(1)(h)'],
    ['(h) automated decisions', 'de', 'DSGVO 15 Abs. 1 h'],
    ['the safeguards of third countries', 'en', 'GDPR 15(2)'],
    ['that a copy belongs to it', 'de', 'DSGVO 15 Abs. 3'],
    ['how far it is complete', 'en', 'Complete as recorded up to entry 4711; what was never recorded cannot be shown.'],
    ['how far it is complete', 'de', 'Vollständig nach dem Stand der Einträge bis Nummer 4711'],
  ])('names %s, in %s: %s', (_, language, sentence) => {
    expect(written(language)).toContain(sentence);
  });

  it.each<[string, Language, string]>([
    ['the article', 'en', 'Draft answer to a request for access (LED 14; federal bodies: BDSG § 57)'],
    ['the article', 'de', 'Entwurf einer Auskunft (JI-RL 14; Bundesstellen: § 57 BDSG)'],
    [
      '(a) purposes and legal basis',
      'en',
      'exit support | prevention of threats | Legal basis of the processing (LED 14(a))',
    ],
    ['(a) purposes and legal basis', 'de', 'Zwecke und Rechtsgrundlage der Verarbeitung | Ausstiegsbegleitung'],
    ['(c) recipients abroad', 'de', 'Empfänger in Drittländern oder internationalen Organisationen (JI-RL 14 c)'],
    ['(e) the rights', 'en', 'erasure (LED 16(2)) or restriction of processing (LED 16(3))'],
    ['that the authority may look for the person', 'de', 'die Prüfung durch die Aufsichtsbehörde für Sie (JI-RL 17)'],
    ['(f) the complaint', 'de', 'bei der Aufsichtsbehörde zu beschweren (JI-RL 52; Bundesstellen: § 60 BDSG).'],
    ['(g) the data themselves', 'en', 'Which data are processed (LED 14(g)) is to be told from the file.'],
  ])('names under the directive %s, in %s: %s', (_, language, sentence) => {
    expect(written(language, { ...input, regime: 'LED' })).toContain(sentence);
  });

  it('cites one law only: that of who answers', () => {
    for (const language of languages) {
      expect(
        written(language, { ...input, regime: 'LED' }).replace(/DSGVO 6 Abs. 1 e|GDPR 6\(1\)\(e\)/g, ''),
      ).not.toMatch(/GDPR|DSGVO/);
      for (const regime of ['GDPR', null]) {
        expect(written(language, { ...input, regime })).toBe(written(language));
        expect(written(language, { ...input, regime })).not.toMatch(/LED|JI-RL|BDSG/);
      }
    }
  });

  it('marks every gap as to be filled in and invents nothing', () => {
    const gaps = asText(accessAnswer(unknown, 'en')).match(/To be filled in: _+/g);
    expect(gaps).toHaveLength(4);
    expect(asText(accessAnswer(unknown, 'en'))).toMatch(/Competent authority: _+/);
    expect(asText(accessAnswer(unknown, 'de')).match(/Noch auszufüllen: _+/g)).toHaveLength(4);
  });

  it('says where it names no recipient that none is to be named, not that nothing was passed on', () => {
    expect(written('en', unknown)).toContain('No recipient of your data who is to be named to you is recorded.');
    expect(written('de', unknown)).toContain(
      'Ein Empfänger Ihrer Daten, der Ihnen zu nennen ist, ist nicht eingetragen.',
    );
    for (const language of languages) expect(written(language, unknown)).not.toMatch(/No disclosure|Eine Übermittlung/);
  });

  it('says where it tells of no consultation that none is to be told, not that nobody looked', () => {
    expect(written('en', unknown)).toContain('No consultation of your data that is to be told to you is recorded.');
    expect(written('de', unknown)).toContain(
      'Eine Abfrage Ihrer Daten, die Ihnen mitzuteilen ist, ist nicht eingetragen.',
    );
  });

  it('tells of a disclosure whose recipient is not recorded, and leaves open what is to be told from the file', () => {
    const nobody = { date: null, agency: null, purpose: null, categories: null, legalBasis: null, source: null };
    const changed = { ...unknown, recipients: [nobody] };
    expect(written('en', changed)).toContain('not recorded | recipient not recorded | not recorded | to be filled in');
    expect(written('de', changed)).toContain(
      'nicht eingetragen | Empfänger nicht eingetragen | nicht eingetragen | noch',
    );
    expect(written('en', changed)).not.toContain('who is to be named to you');
  });

  it.each(languages)('is the same each time, in %s', (language) => {
    expect(accessAnswer(structuredClone(input), language)).toEqual(accessAnswer(input, language));
  });
});
