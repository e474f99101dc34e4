import { entryTypes, languages } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { agreementAsText, agreementInProse } from './agreement-in-prose.js';

const example: JsonObject = entryTypes.get('AgreementAdopted')?.example.data ?? {};
const [clause] = example['clauses'] as readonly JsonObject[];
const withClause = (changes: Readonly<Record<string, JsonValue>>): JsonObject => ({
  ...example,
  clauses: [{ ...clause, ...changes }],
});

describe('an agreement in prose', () => {
  const german = agreementAsText(example, 'de');
  const english = agreementAsText(example, 'en');

  it('begins with what it is and between whom, from when and for how long', () => {
    expect(agreementInProse(example, 'en').slice(0, 2)).toEqual([
      'Exit support of young people in Exampletown (version 1)',
      'This agreement is between youth-office.example and police.example. Entries cite it as ' +
        'youth-office-police-exampletown. First day in force: 2026-02-01. Last day in force: 2028-01-31. The last ' +
        'party agreed on 2026-01-12. Review due: 2027-02-01.',
    ]);
  });

  it.each([
    'youth-office.example darf an police.example weitergeben: Identität und Verlauf des Ausstiegs.',
    'Erlaubt ist dies nur für: Ausstiegsbegleitung.',
    'dürfen nicht weitergegeben werden.',
    'Wer weitergibt, stützt sich auf: öffentliche Aufgabe (DSGVO 6 Abs. 1 e); Vorschrift: SGB X § 69(1) no. 1.',
    'Wer empfängt, stützt sich auf: Aufgabe der zuständigen Behörde (JI-RL 8 Abs. 1); Vorschrift: PolG NRW § 9.',
    'Den Wechsel des Datenschutzregimes erlaubt: SGB X § 78(1).',
    'Auflagen für alles Weitergegebene: nur für diesen Zweck, an das Sozialgeheimnis gebunden und Weitergabe nur mit',
    'Speicherdauer bei der empfangenden Stelle: Until the case is closed, three years at most.',
    'Frist zur Entscheidung bei unmittelbarer Gefahr: 1 Stunde. Frist zur Empfangsbestätigung: 5 Arbeitstage.',
    'vorher gefragt: minderjährige Person, besondere Kategorien von Daten und Durchbrechung einer Schweigepflicht.',
    'Was an die Polizei geht, bedarf der Zustimmung aller Anwesenden.',
    'youth-office.example: exit-support@1 und police.example: exit-coordination@2.',
  ])('says in German: %s', (sentence) => {
    expect(german).toContain(sentence);
  });

  it.each([
    'youth-office.example may pass on to police.example: identity and progress of the exit.',
    'Secrecy may be lifted on these grounds: consent of the person concerned and consent of who entrusted it.',
    'Time to acknowledge a request: 2 working days.',
    'Always invited: youth-office.example and police.example.',
    'Time to approve the minutes: 10 working days.',
    'Note: What was entrusted in counselling is not passed on without consent of who entrusted it.',
  ])('says in English: %s', (sentence) => {
    expect(english).toContain(sentence);
  });

  it('holds no code where there is a label, and no markup', () => {
    for (const text of [german, english]) expect(text).not.toMatch(/GDPR-A|consent-entruster|purpose-only|[*#_`<>]/);
  });

  it('says of an empty list what is so without it: it is about any person, and nothing more is agreed', () => {
    const empty = { subjectCategories: [], conditions: [], dpoConsultationWhen: [], gateways: [], activities: [] };
    const text = agreementAsText(withClause(empty), 'de');
    for (const said of [
      'Auf bestimmte Personengruppen ist dies nicht beschränkt.',
      'Auflagen sind nicht vereinbart.',
      'Wann die oder der Datenschutzbeauftragte vorher gefragt wird, ist nicht vereinbart.',
    ]) {
      expect(text).toContain(said);
    }
    expect(text).not.toContain('nicht angegeben');
  });

  it('keeps labels apart that are lists themselves', () => {
    const text = agreementAsText(withClause({ dataCategories: ['identity', 'housing-work', 'family'] }), 'de');
    expect(text).toContain('weitergeben: Identität; Wohnen und Arbeit; Familie.');
  });

  describe('of a clause whose parties rely on laws of their own', () => {
    const polizei = { agency: 'police.example', code: 'LED-A9-1', provision: 'PolG NRW § 27' };
    const { legalBasisTransmit, legalBasisCollect, ...bare } = clause ?? {};
    const both = ['police.example', 'youth-office.example'];
    const told = (changes: JsonObject, language: 'de' | 'en'): readonly string[] =>
      agreementInProse({ ...example, clauses: [{ ...bare, from: both, to: both, ...changes }] }, language);

    it('tells body by body on what it relies, and of nobody that it relies on what is not said', () => {
      const collect = { agency: 'police.example', code: 'LED-A8-1', provision: 'PolG NRW § 9' };
      const youth = { agency: 'youth-office.example', code: 'GDPR-A6-1-e', provision: 'SGB VIII § 62' };
      const german = told({ transmitBases: [polizei, youth], collectBases: [collect, youth] }, 'de');
      expect(german).toContain(
        'police.example stützt sich beim Weitergeben auf: Zweck außerhalb der Strafverfolgung (JI-RL 9 Abs. 1); ' +
          'Vorschrift: PolG NRW § 27. police.example stützt sich beim Empfangen auf: Aufgabe der zuständigen Behörde ' +
          '(JI-RL 8 Abs. 1); Vorschrift: PolG NRW § 9.',
      );
      expect(german.join()).not.toMatch(/Wer (sonst )?(weitergibt|empfängt)|nicht angegeben/);
    });

    it('tells on what all others rely, where it says that, too', () => {
      const english = told({ legalBasisTransmit: legalBasisTransmit ?? {}, transmitBases: [polizei] }, 'en').join(' ');
      expect(english).toContain('police.example passes on by virtue of: purpose outside law enforcement (LED 9(1));');
      expect(english).toContain('Who else passes on relies on: public task (GDPR 6(1)(e)); provision: SGB X § 69(1)');
      expect(english).toContain('Who receives relies on: not given; provision: not given.');
      expect(legalBasisCollect).toBeDefined();
    });

    it('tells what follows, and of nobody else where everybody has a basis', () => {
      const [youth, police] = both.map((agency) => ({ ...polizei, agency }));
      const collectBases = [youth ?? {}, police ?? {}];
      const said = told({ transmitBases: { missing: 'follows' }, collectBases, legalBasisCollect: polizei }, 'de');
      expect(said).toContain(
        'Wer weitergibt, stützt sich auf: wird nachgereicht; Vorschrift: wird nachgereicht. ' +
          'Den Wechsel des Datenschutzregimes erlaubt: SGB X § 78(1).',
      );
      expect(said.join()).not.toMatch(/Wer (sonst )?empfängt|nicht angegeben/);
    });

    it('tells who passes on before who receives', () => {
      const bases = { legalBasisTransmit: legalBasisTransmit ?? {}, legalBasisCollect: legalBasisCollect ?? {} };
      const said = told({ ...bases, collectBases: [polizei] }, 'en').join(' ');
      expect(said).toMatch(/Who passes on relies on: .*police.example receives by virtue of: .*Who else receives/);
    });

    it('tells a basis of a body that is not named yet', () => {
      const said = told({ transmitBases: [{ ...polizei, agency: { missing: 'follows' } }] }, 'de').join(' ');
      expect(said).toContain('Eine Stelle (wird nachgereicht) stützt sich beim Weitergeben auf: Zweck außerhalb der');
    });

    it('tells what lets each of them change the regime, and all others', () => {
      const change = 'PolG NRW § 27 Abs. 2';
      const said = told({ transmitBases: [{ ...polizei, regimeChangeProvision: change }] }, 'de').join(' ');
      expect(said).toContain(`police.example stützt sich beim Wechsel des Datenschutzregimes auf: ${change}.`);
      expect(said).toContain('Wer sonst weitergibt, stützt sich beim Wechsel des Datenschutzregimes auf: SGB X § 78');
      const alone = told(
        { from: ['police.example'], transmitBases: [{ ...polizei, regimeChangeProvision: change }] },
        'en',
      );
      expect(alone.join(' ')).toContain('police.example may change the data protection regime by virtue of: PolG NRW');
      expect(alone.join(' ')).not.toContain('SGB X § 78(1)');
    });
  });

  it('says whether special categories may be passed on, also when that is not known', () => {
    const said = (specialCategories: JsonValue): string => agreementAsText(withClause({ specialCategories }), 'de');
    expect(said(true)).toContain('Daten über Straftaten dürfen weitergegeben werden.');
    expect(said({ missing: 'unknown' })).toContain('weitergegeben werden dürfen: unbekannt.');
  });

  it('tells what an amendment changed, in the other language where need be', () => {
    const amended = entryTypes.get('AgreementAmended')?.example.data ?? {};
    expect(agreementAsText(amended, 'de')).toContain('\n\nWas sich geändert hat und warum: Das Ausstiegsprogramm');
    expect(agreementAsText({ ...amended, changes: { de: 'Neu.' } }, 'en')).toContain('What changed, and why: Neu.');
    expect(agreementAsText(example, 'en')).not.toContain('What changed');
  });

  it('shows a note in the other language where there is none in its own', () => {
    expect(agreementAsText(withClause({ note: { de: 'Nur nach Rücksprache.' } }), 'en')).toContain(
      'Note: Nur nach Rücksprache.',
    );
  });

  it('says of a draft without dates that they follow', () => {
    const draft = { ...example, validFrom: { missing: 'follows' }, reviewDue: { missing: 'follows' } };
    expect(agreementAsText(draft, 'de')).toContain('Erster Geltungstag: wird nachgereicht.');
    expect(agreementAsText(draft, 'de')).toContain('Überprüfung fällig: wird nachgereicht.');
  });

  it('says what is not agreed', () => {
    const { conditions, timeLimits, dpoConsultationWhen, conference, ...bare } = clause ?? {};
    expect([conditions, timeLimits, dpoConsultationWhen, conference]).not.toContain(undefined);
    const text = agreementAsText({ ...example, clauses: [bare] }, 'de');
    expect(text).toContain('Auflagen sind nicht vereinbart.');
    expect(text).toContain('Fristen sind nicht vereinbart; es gelten die des Regelpakets.');
    expect(text).not.toContain('Fallkonferenzen');
    expect(agreementAsText({ ...example, clauses: [] }, 'de')).toContain('Nach ihr darf nichts weitergegeben werden.');
  });

  it.each<[JsonValue]>([
    [null],
    [7],
    ['text'],
    [true],
    [[]],
    [[null, 7, {}, []]],
    [{}],
    [{ missing: 'follows' }],
    [{ amount: null }],
  ])('is told whatever its fields hold: %j', (odd) => {
    for (const language of languages) {
      for (const name of [...Object.keys(example), 'changes']) {
        expect(agreementAsText({ ...example, [name]: odd }, language)).not.toMatch(/undefined|\[object/);
      }
      for (const name of Object.keys(clause ?? {})) {
        expect(agreementAsText(withClause({ [name]: odd }), language)).not.toMatch(/undefined|\[object/);
      }
      expect(agreementAsText({}, language)).not.toMatch(/undefined|\[object/);
    }
  });
});
