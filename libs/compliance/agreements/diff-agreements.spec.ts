import { entryTypes, fieldsOf, type Nested } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { agreementFields, clauseFields } from './agreement-fields.js';
import { diffAgreements } from './diff-agreements.js';

const type = entryTypes.get('AgreementAdopted');
const example: JsonObject = type?.example.data ?? {};
const [clause] = example['clauses'] as readonly JsonObject[];
const withClause = (changes: Readonly<Record<string, JsonValue>>): JsonObject => ({
  ...example,
  clauses: [{ ...clause, ...changes }],
});
const saidOf = (other: JsonObject, language: 'de' | 'en' = 'de'): readonly string[] =>
  diffAgreements(example, other, language).map(({ said }) => said);

describe('what a new version changes', () => {
  it('is nothing where both say the same', () => {
    expect(saidOf(structuredClone(example))).toEqual([]);
  });

  it('is said field by field', () => {
    expect(saidOf({ ...example, version: 2, controllership: 'joint' })).toEqual([
      'Version: „2“ statt „1“.',
      'Verantwortung: „gemeinsame Verantwortung“ statt „getrennte Verantwortung“.',
    ]);
  });

  it('tells what its parties say of it', () => {
    const changes = { en: 'The school joins.', de: 'Die Schule tritt bei.' };
    expect(saidOf({ ...example, changes }, 'en')).toEqual([
      'What changed, in English: newly "The school joins.".',
      'What changed, in German: newly "Die Schule tritt bei.".',
    ]);
  });

  it('names what a list gained and lost', () => {
    expect(saidOf(withClause({ conditions: ['purpose-only', 'social-secrecy', 'no-onward'] }))).toEqual([
      'Klausel progress, Auflagen: keine Weitergabe hinzugekommen, Weitergabe nur mit Zustimmung der Ursprungsstelle entfallen.',
    ]);
    expect(saidOf(withClause({ dataCategories: ['exit-progress', 'identity'] }), 'en')).toEqual([
      'Clause progress, Categories of data: the order changed.',
    ]);
  });

  it('tells of conferences that are foreseen or no longer, also where no rules for them are given', () => {
    const { conference: _, ...without } = clause ?? {};
    const [bare, foreseen] = [without, { ...without, conference: {} }].map((one) => ({ ...example, clauses: [one] }));
    const said = (one: JsonObject = {}, other: JsonObject = {}) => diffAgreements(one, other, 'de').map((d) => d.said);
    expect(said(bare, foreseen)).toEqual(['Klausel progress, Fallkonferenzen: neu vorgesehen.']);
    expect(said(foreseen, bare)).toEqual(['Klausel progress, Fallkonferenzen: nicht mehr vorgesehen.']);
    expect(said(bare, example)).not.toContain('Klausel progress, Fallkonferenzen: neu vorgesehen.');
  });

  it('tells that clauses were put into another order, because the first that fits counts', () => {
    const [first, second, third] = ['progress', 'danger', 'threat'].map((id) => ({ ...clause, id }));
    const of = (...clauses: readonly (JsonObject | undefined)[]): JsonObject => ({
      ...example,
      clauses: clauses.flatMap((one) => one ?? []),
    });
    const said = (one: JsonObject, other: JsonObject) => diffAgreements(one, other, 'de').map((d) => d.said);
    const moved = 'Klauseln: Die Reihenfolge wurde geändert; passen mehrere, gilt die erste.';
    expect(said(of(first, second), of(second, first))).toEqual([moved]);
    expect(said(of(first, second), of(third, first, second))).not.toContain(moved);
    expect(said(of(first, second, third), of(first, third))).not.toContain(moved);
  });

  it('reaches into powers, time limits, conferences and notes', () => {
    expect(
      saidOf(
        withClause({
          legalBasisTransmit: { code: 'GDPR-A6-1-c', provision: 'SGB X § 69(1) no. 1' },
          timeLimits: { ...(clause?.['timeLimits'] as JsonObject), receipt: { amount: 1, unit: 'hours' } },
          conference: { ...(clause?.['conference'] as JsonObject), consensusForPolice: false },
        }),
      ),
    ).toEqual([
      'Klausel progress, Übermittlungsbefugnis: „rechtliche Verpflichtung (DSGVO 6 Abs. 1 c)“ statt „öffentliche Aufgabe (DSGVO 6 Abs. 1 e)“.',
      'Klausel progress, Frist zur Empfangsbestätigung: „1 Stunde“ statt „5 Arbeitstage“.',
      'Klausel progress, Zustimmung aller Anwesenden für die Weitergabe an die Polizei: „nein“ statt „ja“.',
    ]);
  });

  it('names whose own power is a new one', () => {
    const own = (provision: string): JsonObject =>
      withClause({ collectBases: [{ agency: 'police.example', code: 'LED-A8-1', provision }] });
    expect(diffAgreements(own('PolG NRW § 9'), own('PolG NRW § 26'), 'de').map(({ said }) => said)).toEqual([
      'Klausel progress, Eigene Erhebungsbefugnisse: police.example: Aufgabe der zuständigen Behörde (JI-RL 8 Abs. 1) ' +
        '[PolG NRW § 26] hinzugekommen, police.example: Aufgabe der zuständigen Behörde (JI-RL 8 Abs. 1) [PolG NRW § 9] entfallen.',
    ]);
  });

  it('names what lets a body change the regime', () => {
    const own = (more: JsonObject): JsonObject =>
      withClause({ transmitBases: [{ agency: 'police.example', code: 'LED-A9-1', provision: '§ 27', ...more }] });
    const [found] = diffAgreements(own({}), own({ regimeChangeProvision: '§ 27 Abs. 2' }), 'de');
    expect(found?.said).toContain('[§ 27; Regimewechsel: § 27 Abs. 2] hinzugekommen');
  });

  it('tells clauses that came and went', () => {
    const other = { ...example, clauses: [{ ...clause, id: 'threat', dataCategories: ['threat-indicator'] }] };
    expect(diffAgreements(example, other, 'en')).toEqual([
      {
        kind: 'removed',
        clause: 'progress',
        field: null,
        said: 'Clause progress was removed: youth-office.example to police.example, identity and progress of the exit.',
      },
      {
        kind: 'added',
        clause: 'threat',
        field: null,
        said: 'Clause threat was added: youth-office.example to police.example, indicator of a threat.',
      },
    ]);
  });

  it('tells a field that came from one that went, and a clause without a name by its number', () => {
    const { reviewDue, ...without } = example;
    expect(diffAgreements(example, without, 'de')).toMatchObject([{ kind: 'removed', field: 'reviewDue' }]);
    expect(diffAgreements(without, { ...without, reviewDue: reviewDue ?? null }, 'de')).toMatchObject([
      { kind: 'added', said: 'Überprüfung fällig: neu „2027-02-01“.' },
    ]);
    expect(diffAgreements({ clauses: [{}] }, { clauses: [{ from: ['a.example'] }] }, 'de')).toEqual([
      { kind: 'added', clause: '#1', field: 'from', said: 'Klausel #1, Übermittelnde Stellen: neu „a.example“.' },
    ]);
  });

  it.each<[JsonValue]>([[null], [7], ['x'], [[null, {}]], [{}], [{ missing: 'unknown' }], [{ amount: 1 }]])(
    'can be told whatever the fields hold: %j',
    (odd) => {
      for (const name of Object.keys(clause ?? {})) {
        const found = diffAgreements(example, withClause({ [name]: odd }), 'de');
        expect(found.length).toBeGreaterThan(0);
        for (const { said } of found) expect(said).not.toMatch(/undefined|\[object/);
      }
    },
  );
});

describe('the words for fields', () => {
  const isLeaf = (nested: Nested | undefined, isList: boolean): boolean =>
    nested === undefined || isList || fieldsOf(nested).has('amount');
  const placesOf = (owner: Nested): readonly string[] =>
    [...fieldsOf(owner).values()].flatMap(({ name, kind }) =>
      kind.nested && !isLeaf(kind.nested, kind.element !== undefined)
        ? placesOf(kind.nested).map((inner) => `${name}.${inner}`)
        : [name],
    );

  it('leave out no field of an agreement or a clause', () => {
    const agreement = entryTypes.get('AgreementAmended')?.data;
    const clauses = agreement && fieldsOf(agreement).get('clauses')?.kind.nested;
    if (!agreement || !clauses) throw new Error('an agreement has clauses');
    expect(Object.keys(agreementFields).sort()).toEqual(
      placesOf(agreement)
        .filter((name) => name !== 'clauses')
        .sort(),
    );
    expect(Object.keys(clauseFields).sort()).toEqual(
      placesOf(clauses)
        .filter((name) => name !== 'id')
        .sort(),
    );
  });
});
