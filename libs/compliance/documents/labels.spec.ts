import { entryTypes, fieldsOf, type Language, languages, type Nested, vocabularies } from '#catalogue';
import type { Assessment } from '../assessments/assessment.js';
import { everyRule } from '../rules/every-rule.js';
import { accessAnswer } from './access-answer.js';
import { templates } from './documents-for.js';
import { lackingFields, lackingInWords } from './lacking-in-words.js';
import { anAssessment, depending, reason } from './testing/an-assessment.js';
import { textsOf } from './testing/texts-of.js';

const codesOf = (name: string): readonly string[] => [...(vocabularies.get(name)?.terms.keys() ?? [])];
const labelOf = (name: string, code: string, language: Language): string =>
  vocabularies.get(name)?.terms.get(code)?.[language] ?? '';

const note = (changes: Partial<Assessment>, language: Language): string =>
  textsOf(templates['disclosure-note'](anAssessment(changes), language)).join(' | ');

/** Codes of two words or more cannot be mistaken for a word of the language. */
const isRaw = (code: string): boolean => /[-A-Z]/.test(code);

/**
 * Whom it came from, whom it is about, what was taken back and what nobody asked for is nobody else's business: a letter
 * does not state these.
 */
const ofTheCase: readonly string[] = ['NEC-01', 'CON-02', 'SEC-03', 'MRK-01', 'SPC-02', 'CHD-01'];

describe.each(languages)('what people read in %s', (language) => {
  it.each<[string, (code: string) => Partial<Assessment>]>([
    ['condition', (code) => ({ conditions: [code] })],
    ['purpose', (code) => ({ purpose: code })],
    ['dpo-consultation', (code) => ({ consult: [code] })],
    ['data-category', (code) => ({ items: [{ ...depending, dataCategory: code }] })],
    ['gateway', (code) => ({ reasons: [reason({ lacks: code })] })],
    ['special-ground', (code) => ({ reasons: [reason({ lacks: code })] })],
    ['legal-basis', (code) => ({ legalBasisTransmit: { code, provision: '§ 1' } })],
  ])('has a label for every code of the vocabulary %s, and not the code', (name, changes) => {
    expect(codesOf(name)).not.toHaveLength(0);
    for (const code of codesOf(name)) {
      const text = note({ template: null, ...changes(code) }, language);
      expect(text).toContain(labelOf(name, code, language));
      if (isRaw(code) && !labelOf(name, code, language).includes(code)) expect(text).not.toContain(code);
    }
  });

  it.each(everyRule.map((rule) => [rule.id, rule] as const))('states rule %s and what would be right', (id, rule) => {
    const changes = { items: [{ ...depending, reasons: [reason({ rule: id, sources: rule.sources })] }] };
    const refusal = templates['refusal-letter'](anAssessment(changes), language);
    const letter = refusal === null ? '' : textsOf(refusal).join(' | ');
    const isTold = !ofTheCase.includes(id);
    expect(note(changes, language)).toContain(rule.statement[language]);
    expect(letter.includes(rule.statement[language])).toBe(isTold);
    expect(letter.includes(rule.compliant[language])).toBe(isTold);
    for (const source of rule.sources) expect(letter.includes(source)).toBe(isTold && !source.includes('†'));
  });

  it('has words for everything of a request, a decision and a disclosure that a worker may still owe', () => {
    const owed = ['InformationRequested', 'RequestDecided', 'InformationDisclosed'].flatMap(fieldsWithin);
    const unnamed = [...new Set(owed)].filter((name) => !Object.hasOwn(lackingFields, name) && !notOwedFirst.has(name));
    expect(unnamed).toEqual([]);
  });

  it('never shows the name of a field, known or not', () => {
    for (const name of [...Object.keys(lackingFields), 'newField', 'items/0/asOf', 'legalBasisTransmit.provision']) {
      const text = note({ items: [], reasons: [reason({ lacks: name })] }, language);
      expect(text).toContain(lackingInWords(name, language));
      if (isRaw(name)) expect(text).not.toContain(name);
    }
    expect(lackingInWords('constructor', language)).toBe(lackingInWords('newField', language));
  });

  it('has labels for what a draft answer names', () => {
    const { agency, at } = anAssessment();
    const codes = { purposes: codesOf('purpose'), categories: codesOf('data-category') };
    const draft = accessAnswer(
      { agency, at, entries: 1, recipients: [], consultations: [], storage: [], supervisor: null, ...codes },
      language,
    );
    const parts = textsOf(draft);
    for (const code of codes.purposes) expect(parts).toContain(labelOf('purpose', code, language));
    for (const code of codes.categories) expect(parts).toContain(labelOf('data-category', code, language));
  });
});

/** What the system or the clause fills, what is kept from or told to others, and what only comes after the decision. */
const notOwedFirst = new Set(
  [
    'answersItem assessment id digest by causedBy disclosureId hiddenUntil keyedDigest lateReason manifestDigest from itemRef',
    'level onBehalfOf policy spontaneous traceparent until version visibility reasonTold reasonsWithheld',
    'requesterPersons decision decisionDue dpoAdvice dpoAdviceFollowed granted redirectedTo refused',
    'requester originInformedOn qualityCheckedBy supervisorInformedOn withoutAuthorisation',
  ].flatMap((row) => row.split(' ')),
);

const fieldsWithin = (type: string): readonly string[] => {
  const data = entryTypes.get(type)?.data;
  return data === undefined ? [] : namesWithin(data);
};

const namesWithin = (type: Nested): readonly string[] =>
  [...fieldsOf(type)].flatMap(([name, { kind }]) => [name, ...(kind.nested ? namesWithin(kind.nested) : [])]);
