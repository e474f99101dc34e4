import { type Language, languages } from '#catalogue';
import { agencyId } from '#kernel';
import type { Assessment } from '../assessments/assessment.js';
import { asHtml } from './as-html.js';
import { asText } from './as-text.js';
import { type DocumentName, documentsFor, templates } from './documents-for.js';
import { agencyNames, anAssessment, depending, impossible, passing, reason } from './testing/an-assessment.js';
import { textsOf } from './testing/texts-of.js';

const conference = anAssessment({ kind: 'conference' });
const request = anAssessment({ kind: 'request' });

/** A document as one line, so that a sentence is found wherever it is broken. */
function written(name: DocumentName, language: Language, assessment: Assessment = anAssessment()): string {
  const document = templates[name](assessment, language, agencyNames);
  return document === null ? '' : textsOf(document).join(' | ');
}

const names = Object.keys(templates) as readonly DocumentName[];

describe('an assessment comes with', () => {
  it.each<[string, Partial<Assessment>, readonly DocumentName[]]>([
    [
      'note, both letters and the consent form, where each has something to say',
      {},
      ['disclosure-note', 'cover-letter', 'refusal-letter', 'consent-form'],
    ],
    [
      'no refusal and no consent form where everything may pass',
      { items: [passing] },
      ['disclosure-note', 'cover-letter'],
    ],
    [
      'no cover letter and no consent form where nothing may pass',
      { items: [impossible] },
      ['disclosure-note', 'refusal-letter'],
    ],
    [
      'no consent form where what is missing is no consent',
      { items: [{ ...depending, reasons: [reason({ lacks: 'necessity' })] }] },
      ['disclosure-note', 'cover-letter', 'refusal-letter'],
    ],
    [
      'no refusal of what nobody asked for',
      { items: [passing, { ...impossible, reasons: [reason({ rule: 'NEC-01' })] }] },
      ['disclosure-note', 'cover-letter'],
    ],
    ['the sheet and the consent form for a conference', { kind: 'conference' }, ['conference-sheet', 'consent-form']],
    ['the letter for a request', { kind: 'request' }, ['request-letter']],
    ['no letter where nothing may be asked for', { kind: 'request', items: [impossible] }, []],
    ['the note alone where nothing was asked about', { items: [] }, ['disclosure-note']],
  ])('%s', (_, changes, expected) => {
    for (const language of languages) {
      expect([...documentsFor(anAssessment(changes), language).keys()]).toEqual(expected);
    }
  });

  it.each(languages)('documents that are the same each time, in %s', (language) => {
    for (const assessment of [anAssessment(), conference, request]) {
      const [first, second] = [1, 2].map(() =>
        [...documentsFor(structuredClone(assessment), language).values()].map((one) => asHtml(one) + asText(one)),
      );
      expect(first).toEqual(second);
    }
  });
});

describe('the disclosure note', () => {
  it.each([
    'Übermittlungsvermerk',
    'Geprüft am 23.11.2026',
    'Von | Jugendamt Musterstadt | An | Polizei Musterstadt und clinic.example | Zweck | Ausstiegsbegleitung',
    'Übermittlungsbefugnis | öffentliche Aufgabe (DSGVO 6 Abs. 1 e); SGB X § 69(1) no. 1',
    'Erhebungsbefugnis | Aufgabe der zuständigen Behörde (JI-RL 8 Abs. 1); PolG NRW § 9',
    '1 | Identität | ja | Das ergibt sich aus: Regelung „support“ der Vereinbarung „exit-network“ (Fassung 2).',
    '2 | psychische Gesundheit | nur, wenn das Fehlende vorliegt | Was der Schweigepflicht unterliegt,',
    'Rechtsgrundlagen und Quellen: StGB § 203, § 34, § 138. Es fehlt: die Offenbarungsbefugnis. Eine Einwilligung der betroffenen Person oder eine Schweigepflichtentbindung würde genügen. Prüfregel SEC-01.',
    '3 | Verurteilung | weglassen | Daten über Straftaten gehen an nichtbehördliche Stellen nur, wenn ein Gesetz es zulässt.',
    'BVerfG 1 BvR 1873/13. Es fehlt: die Erhebungsbefugnis.',
    'nur für diesen Zweck | an das Sozialgeheimnis gebunden',
    'Until the case is closed.',
    'Grund: besondere Kategorien von Daten.',
  ])('says in German: %s', (sentence) => {
    expect(written('disclosure-note', 'de')).toContain(sentence);
  });

  it.each([
    'Checked on 23 November 2026',
    '1 | identity | yes | This follows from clause “support” of agreement “exit-network” (version 2).',
    '2 | mental health | only with what is missing | What is bound by secrecy',
    'Missing: the ground for lifting secrecy. A consent of the person concerned or a release from secrecy would do. Check rule SEC-01.',
    '3 | criminal conviction | leave out | Data on criminal offences go to a body that is no authority only where a law',
    'for this purpose only | bound by social secrecy',
  ])('says in English: %s', (sentence) => {
    expect(written('disclosure-note', 'en')).toContain(sentence);
  });

  it('says so where no agreement is in force, and leaves a line where no power is known', () => {
    const outside = anAssessment({ template: null, legalBasisTransmit: null, conditions: [], consult: [] });
    const note = templates['disclosure-note'](outside, 'de');
    expect(textsOf(note).join(' | ')).toContain('außerhalb jeder geltenden Vereinbarung');
    expect(textsOf(note).join(' | ')).toContain('Auflagen bestehen nicht.');
    expect(asText(note)).toMatch(/Übermittlungsbefugnis: _+\n/);
    expect(asText(note)).not.toContain('Beteiligt am');
  });
});

describe('the cover letter', () => {
  it('names what passes, and what may pass to tick; never what stays in the house', () => {
    const letter = written('cover-letter', 'de');
    expect(letter).toContain('Wir übermitteln Ihnen: | Identität | ');
    expect(letter).toContain('ist damit nicht gesagt. | psychische Gesundheit | ');
    expect(letter).not.toContain('Verurteilung');
    expect(letter).not.toMatch(/Prüfregel|Datenschutzbeauftragte|SEC-01/);
  });

  it.each<[Language, string]>([
    ['de', 'nur zu folgendem Zweck übermittelt und sind an ihn gebunden: Ausstiegsbegleitung.'],
    ['de', 'Es gelten folgende Auflagen: | nur für diesen Zweck | an das Sozialgeheimnis gebunden'],
    ['de', 'Speicherdauer bei der empfangenden Stelle | Until the case is closed.'],
    ['de', 'in demselben Umfang geheim zu halten wie die in § 35 SGB I genannten Stellen'],
    ['en', 'The data are passed on for this purpose only, and are bound to it: exit support.'],
    ['en', 'These handling conditions apply: | for this purpose only | bound by social secrecy'],
    ['en', 'Under SGB X § 78(1) you may process them only for the purpose'],
  ])('binds the recipient, in %s: %s', (language, sentence) => {
    expect(written('cover-letter', language)).toContain(sentence);
  });

  it('speaks of social secrecy only where social data are passed on', () => {
    for (const language of languages) {
      expect(written('cover-letter', language, anAssessment({ conditions: ['purpose-only'] }))).not.toContain(
        'SGB X § 78',
      );
      expect(written('cover-letter', language, anAssessment({ conditions: ['purpose-only'] }))).not.toContain(
        '§ 78 SGB X',
      );
    }
  });
});

describe('the cover letter and the consent form', () => {
  it('do not let anybody guess that something was left out', () => {
    const without = anAssessment({ items: [passing, depending] });
    const amid = anAssessment({ items: [passing, { ...impossible, item: 1 }, { ...depending, item: 2 }] });
    for (const language of languages) {
      for (const name of ['cover-letter', 'consent-form'] as const) {
        expect(written(name, language, amid)).toBe(written(name, language, without));
      }
    }
  });
});

describe('the refusal letter', () => {
  it('states a rule once, with all that is needed for it', () => {
    const both = ['specialGround', 'strictNecessity'].map((lacks) => reason({ rule: 'SPC-01', lacks }));
    const letter = written('refusal-letter', 'de', anAssessment({ items: [{ ...depending, reasons: both }] }));
    const onTheWhole = written('refusal-letter', 'de', anAssessment({ items: [impossible], reasons: both }));
    expect(onTheWhole.split('Besondere Kategorien personenbezogener Daten werden nur')).toHaveLength(2);
    expect(letter).toContain('Erforderlich: der Erlaubnisgrund für besondere Kategorien; die Begründung, warum');
    expect(letter.split('Besondere Kategorien personenbezogener Daten werden nur')).toHaveLength(2);
  });

  it('says that an agreement is missing where that is all', () => {
    const outside = anAssessment({ items: [{ ...depending, reasons: [reason({ lacks: 'agreement' })] }] });
    expect(written('refusal-letter', 'de', outside)).toContain(
      'Es fehlt: eine geltende Vereinbarung. | Erforderlich: eine geltende Vereinbarung.',
    );
  });

  it('refers to the whole where an item is refused for nothing of its own', () => {
    const whole = anAssessment({ items: [{ ...impossible, reasons: [] }] });
    expect(written('refusal-letter', 'en', whole)).toContain('This follows from what is said of the whole.');
    expect(written('disclosure-note', 'de', whole)).toContain('Das ergibt sich aus den Angaben zum Ganzen.');
  });

  it.each([
    ['LOG-01', 'justification', 'die Begründung'],
    ['AGR-02', 'activity', 'die Verarbeitungstätigkeit des Verzeichnisses'],
  ])('tells nobody what the refusing agency itself still has to write down or register: %s', (rule, lacks, words) => {
    const unwritten = anAssessment({ reasons: [reason({ rule, lacks })] });
    expect(written('disclosure-note', 'de', unwritten)).toContain(`Es fehlt: ${words}. Prüfregel ${rule}.`);
    expect(written('refusal-letter', 'de', unwritten)).not.toContain('Zum Ersuchen insgesamt');
  });

  it('tells nobody that it came from somebody else, or that a consent was taken back', () => {
    const withdrawn = { ...depending, reasons: [reason({ rule: 'SEC-03', lacks: 'consentRef' })] };
    const passedOn = reason({ rule: 'CON-02', lacks: 'permissionRef', sources: ['third-party rule'] });
    const draft = anAssessment({ items: [withdrawn], reasons: [passedOn] });
    const [letter, note] = [written('refusal-letter', 'de', draft), written('disclosure-note', 'de', draft)];
    expect(letter).not.toMatch(/Widerruf|Ursprungsstelle|Weitergabe|third-party/);
    expect(letter).toContain('Erforderlich: die Einwilligung oder Schweigepflichtentbindung.');
    expect(letter).toContain('Zum Ersuchen insgesamt | Ein Grund ist nicht angegeben.');
    expect(note).toMatch(/Widerruf/);
    expect(note).toContain('Es fehlt: die Zustimmung zur Weitergabe. Prüfregel CON-02.');
  });

  it('names the power of each recipient, where they collect under laws of their own', () => {
    const collectBases = [{ agency: 'clinic.example', code: 'GDPR-A6-1-c', provision: 'BGB § 630f' }];
    const note = written('disclosure-note', 'de', anAssessment({ collectBases }));
    expect(note).toMatch(
      /Erhebungsbefugnis \(Polizei Musterstadt\)[^|]*\| Aufgabe der zuständigen Behörde.*PolG NRW § 9/,
    );
    expect(note).toMatch(/Erhebungsbefugnis \(clinic.example\)[^|]*\| rechtliche Verpflichtung.*BGB § 630f/);
    expect(written('disclosure-note', 'de')).not.toContain('Erhebungsbefugnis (');
  });

  it.each<[string, string, string, RegExp]>([
    ['a child too', 'SPC-02', 'thirdPersonReason', /Dritte|Kinder|kennzeichnen/],
    ['what the police marked', 'MRK-01', 'reCollectionTest', /olizei|Kennzeichnung|Neuerhebung/],
    ['a minor', 'CHD-01', 'threshold', /Altersgruppe|Minderjährig|schwelle/i],
  ])('tells nobody that it is about %s', (_what, rule, lacks, telling) => {
    const said = reason({ rule, lacks });
    const draft = anAssessment({
      items: [{ ...depending, reasons: [said] }],
      reasons: [said],
      counterparts: [agencyId('school.example')],
      legalBasisCollect: null,
    });
    expect(written('refusal-letter', 'de', draft)).not.toMatch(telling);
    expect(written('refusal-letter', 'de', draft)).toContain('Ein Grund ist nicht angegeben.');
    expect(written('disclosure-note', 'de', draft)).toMatch(telling);
  });

  it.each<[Language, string]>([
    ['de', 'psychische Gesundheit | Was der Schweigepflicht unterliegt, wird nur mit einer Offenbarungsbefugnis'],
    ['de', 'Erforderlich: die Offenbarungsbefugnis. Eine Einwilligung der betroffenen Person oder eine'],
    ['de', 'Verurteilung | Daten über Straftaten gehen an nichtbehördliche Stellen nur'],
    ['de', 'GDPR 10. | Das Gesetz, das es zulässt, ist genannt,'],
    ['de', 'Folgenden Angaben steht nichts entgegen; sie gehen Ihnen gesondert zu: | Identität'],
    ['de', 'Dieses Schreiben besagt nicht, ob die erbetenen Daten hier vorliegen.'],
    ['en', 'mental health | What is bound by secrecy is passed on only on a ground for lifting it'],
    ['en', 'Needed: the ground for lifting secrecy.'],
    ['en', 'The ground is named; a consent or release covers the item'],
    ['en', 'This letter says nothing about whether we hold the data.'],
  ])('says item by item why, and what would make it lawful, in %s: %s', (language, sentence) => {
    expect(written('refusal-letter', language)).toContain(sentence);
  });

  it('says so where nothing would make it lawful', () => {
    const hopeless = anAssessment({ items: [{ ...impossible, reasons: [reason({ sources: ['X'] })] }], reasons: [] });
    expect(written('refusal-letter', 'de', hopeless)).toContain('Es ist nicht ersichtlich, wodurch');
    expect(written('refusal-letter', 'en', hopeless)).toContain('Nothing is apparent that would make it lawful.');
  });
});

describe('the consent form', () => {
  it.each<[Language, string]>([
    ['de', 'dass Jugendamt Musterstadt an Polizei Musterstadt und clinic.example die von mir angekreuzten Angaben'],
    ['de', 'Empfangende Stellen | Polizei Musterstadt und clinic.example | Zweck | Ausstiegsbegleitung'],
    ['de', 'entbinde ich die Fachkräfte von Jugendamt Musterstadt gegenüber Polizei Musterstadt und clinic.example'],
    ['de', 'mit Wirkung für die Zukunft widerrufen'],
    ['de', 'umfasst meine Einwilligung ausdrücklich diese besonderen Kategorien'],
    ['en', 'I consent that Jugendamt Musterstadt passes on to Polizei Musterstadt and clinic.example what I ticked'],
    ['en', 'I can withdraw it at any time, in whole or item by item'],
    ['en', 'This consent is voluntary.'],
  ])('says what a person must know to consent, in %s: %s', (language, sentence) => {
    expect(written('consent-form', language)).toContain(sentence);
  });

  it('offers only what hangs on a consent, nothing ticked', () => {
    const form = written('consent-form', 'de');
    expect(form).toContain('psychische Gesundheit');
    expect(form).not.toMatch(/Identität|Verurteilung/);
    const document = templates['consent-form'](anAssessment(), 'de');
    expect(document && asText(document)).toContain('[ ] psychische Gesundheit');
  });
});

describe('the conference sheet', () => {
  it.each<[Language, string]>([
    ['de', 'Was in diesem Kreis gesagt werden darf.'],
    ['de', 'Jugendamt Musterstadt | Polizei Musterstadt | clinic.example'],
    ['de', '3 | Verurteilung | weglassen'],
    ['de', 'Niemand muss einen Beitrag leisten oder begründen, warum nicht.'],
    ['de', 'Beschluss | Wer ist zuständig | Bis wann | Abweichende Meinung'],
    ['en', 'Who contributes | Jugendamt Musterstadt | Who hears it | Polizei Musterstadt and clinic.example'],
    ['en', '2 | mental health | only with what is missing'],
    ['en', 'Whoever is in the room receives what is said.'],
    ['en', 'Decision | Who does it | Until | Dissent'],
  ])('says in %s: %s', (language, sentence) => {
    expect(written('conference-sheet', language, conference)).toContain(sentence);
  });
});

describe('the conference sheet of a room', () => {
  const room = anAssessment({
    kind: 'conference',
    hearings: [
      { agency: agencyId('police.example'), items: ['yes', 'yes', 'yes'], reasons: [] },
      {
        agency: agencyId('clinic.example'),
        items: ['yes', 'only-with', 'leave-out'],
        reasons: [reason({ rule: 'CNF-02', lacks: 'undertakingSigned' })],
      },
    ],
  });

  it.each<[Language, string]>([
    ['de', 'Wer was hören darf | Stelle | Darf hören'],
    ['de', 'Polizei Musterstadt | alles | nichts | nichts | nichts'],
    ['de', 'clinic.example | 1 | 2 | 3 | die unterschriebene Verpflichtung der Anwesenden auf Verschwiegenheit'],
    ['en', 'Who may hear what | Agency | May hear'],
    ['en', 'Polizei Musterstadt | everything | nothing | nothing | nothing'],
    ['en', 'clinic.example | 1 | 2 | 3 | the signed undertaking of secrecy of who is present'],
  ])('says body by body who leaves for what, in %s: %s', (language, sentence) => {
    expect(written('conference-sheet', language, room)).toContain(sentence);
  });
});

describe('every letter', () => {
  it.each<[DocumentName, string]>([
    [
      'cover-letter',
      'Unser Zeichen: ____|Ihr Zeichen: ____|Betroffene Person: ____|Ansprechperson für Rückfragen: ____',
    ],
    [
      'refusal-letter',
      'Unser Zeichen: ____|Ihr Zeichen: ____|Ihr Ersuchen vom: ____|Ansprechperson für Rückfragen: ____',
    ],
    [
      'request-letter',
      'Unser Zeichen: ____|Betroffene Person: ____|Benötigt bis: ____|Ansprechperson für Rückfragen: ____',
    ],
  ])('begins with who and whom, and leaves what only the desk knows: %s', (name, lines) => {
    const document = templates[name](name === 'request-letter' ? request : anAssessment(), 'de', agencyNames);
    const text = document === null ? '' : asText(document);
    expect(text).toMatch(/^\S[^\n]*\n=+\n\nVon: Jugendamt Musterstadt\nAn: Polizei Musterstadt und clinic.example\n/);
    expect(text.replace(/_+\n/g, '____|')).toContain(lines);
  });
});

describe('the request letter', () => {
  it.each<[Language, string]>([
    ['de', 'Erhebungsbefugnis | Aufgabe der zuständigen Behörde (JI-RL 8 Abs. 1); PolG NRW § 9'],
    ['de', 'Wir bitten Sie um: | Identität'],
    ['de', 'das dafür Erforderliche liegt bei: | psychische Gesundheit'],
    ['de', 'verarbeiten wir zu folgendem Zweck: Ausstiegsbegleitung.'],
    ['en', 'We ask you for: | identity'],
    ['en', 'What we need it for in this case'],
  ])('says in %s: %s', (language, sentence) => {
    expect(written('request-letter', language, request)).toContain(sentence);
  });

  it('does not ask for what may not be asked for, and speaks of no power to transmit', () => {
    expect(written('request-letter', 'de', request)).not.toMatch(/Verurteilung|Übermittlungsbefugnis/);
  });
});

describe('every document', () => {
  const all = names.flatMap((name) => languages.map((language): [DocumentName, Language] => [name, language]));

  it.each(all)('%s in %s cites nothing that nobody confirmed', (name, language) => {
    const provision = { code: 'GDPR-A6-1-e', provision: 'BKAG § 12†' };
    const unsure = anAssessment({ legalBasisTransmit: provision, legalBasisCollect: provision });
    expect(written(name, language, unsure)).not.toMatch(/†|§ 67d|BKAG/);
  });

  it.each(all)('%s in %s leaves name, file number and signature to be filled in', (name, language) => {
    const document = templates[name](anAssessment(), language);
    expect(document?.parts.some(({ part }) => part === 'signature')).toBe(true);
    expect(
      document?.parts.some((part) => part.part === 'lines' && part.lines.some(([, value]) => value === null)),
    ).toBe(true);
  });

  it.each(all)('%s in %s shows what an agreement holds as text, never as markup', (name, language) => {
    const hostile = '<img src=x onerror="alert(1)">';
    const document = templates[name](
      anAssessment({ retentionTold: hostile, purpose: hostile, template: hostile, conditions: [hostile] }),
      language,
      new Map([['police.example', hostile]]),
    );
    expect(document && asHtml(document)).not.toContain('<img');
  });
});
