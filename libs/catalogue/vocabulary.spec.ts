import { vocabularies, vocabulary } from '#catalogue';
import { checkNoteStatus } from './vocabularies/check-note-status.js';
import { severity } from './vocabularies/severity.js';

const termOf = (list: string, code: string): string | undefined => vocabularies.get(list)?.terms.get(code)?.dpv;

describe('the mapping to the Data Privacy Vocabulary', () => {
  it('names each term by its full IRI', () => {
    const iris = [...vocabularies.values()].flatMap(({ terms }) => [...terms.values()].flatMap(({ dpv }) => dpv ?? []));
    expect(iris.length).toBeGreaterThan(50);
    for (const iri of iris) expect(iri).toMatch(/^https:\/\/w3id\.org\/dpv(\/[a-z]+)*#[A-Za-z0-9-]+$/);
  });

  it.each([
    ['operation', 'disclose', 'https://w3id.org/dpv#Disclose'],
    ['data-category', 'criminal-offence', 'https://w3id.org/dpv/pd#CriminalOffence'],
    ['legal-basis', 'GDPR-A6-1-e', 'https://w3id.org/dpv/legal/eu/gdpr#A6-1-e'],
    ['regime', 'GDPR', 'https://w3id.org/dpv/legal/eu#law-GDPR'],
    ['refusal-reason', 'national-security', 'https://w3id.org/dpv/justifications#NationalSecurityImpaired'],
    ['purpose', 'probation-supervision', 'https://w3id.org/dpv/sector/law#ProbationManagement'],
    ['purpose', 'child-welfare', 'https://w3id.org/dpv/sector/publicservices#SocialWelfareProvision'],
  ])('says what %s %s is', (list, code, iri) => {
    expect(termOf(list, code)).toBe(iri);
  });

  it('leaves out what the Data Privacy Vocabulary has no term for', () => {
    expect(termOf('legal-basis', 'LED-A8-1')).toBeUndefined();
    expect(termOf('purpose', 'case-admission')).toBeUndefined();
  });

  it('keeps the labels beside it', () => {
    const { terms } = vocabulary('two', 1, { a: { en: 'a', de: 'A', dpv: 'pd:Family' }, b: { en: 'b', de: 'B' } });
    expect(terms.get('a')).toEqual({ en: 'a', de: 'A', dpv: 'https://w3id.org/dpv/pd#Family' });
    expect(terms.get('b')).toEqual({ en: 'b', de: 'B' });
  });
});

describe('the words of check notes', () => {
  it('have a severity that is said at once and none that refuses', () => {
    expect([...severity.terms.keys()]).toEqual(['urgent', 'high', 'medium', 'low']);
  });

  it('begin open, and none claims a violation', () => {
    expect([...checkNoteStatus.terms.keys()][0]).toBe('open');
    for (const { en, de } of checkNoteStatus.terms.values())
      expect(`${en} ${de}`).not.toMatch(/violat|Befund|Beanstand/);
  });
});
