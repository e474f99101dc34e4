import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { isInstant } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { agreementSchema } from './agreement-schema.js';
import { agreementAdopted } from './entries/agreement-adopted.js';
import { dataFaults } from './validate-entry.js';
import { randomRuns } from '../../test/support/random-runs.js';

const validates = new Ajv2020({
  strict: true,
  formats: { date: (text: string) => isInstant(`${text}T00:00:00.000Z`) },
}).compile(agreementSchema());

const { data } = agreementAdopted.example;

/** Whether the catalogue takes the form of it; what fields contradict each other is told in other words. */
const hasForm = (agreement: JsonObject): boolean =>
  !dataFaults(agreementAdopted, agreement).some(({ detail }) => /^(expected|required|unknown field)/.test(detail));

/** Every place of a value, as the names that lead to it. */
function pathsIn(value: JsonValue): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, JsonValue]) => [
    [name],
    ...pathsIn(inner).map((path) => [name, ...path]),
  ]);
}

/** The example with one place replaced; `undefined` removes it. */
function changed(path: readonly string[], value: JsonValue | undefined): JsonObject {
  const copy = structuredClone(data) as Record<string, unknown>;
  const holder = path.slice(0, -1).reduce((place, name) => place[name] as Record<string, unknown>, copy);
  const last = path.at(-1) ?? '';
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return copy as JsonObject;
}

const at = (pointer: string): readonly string[] => pointer.split('/').slice(1);

describe('the schema of an agreement', () => {
  it('takes a provision for the change of regime with the power of who passes on', () => {
    const line = { agency: 'police.example', code: 'LED-A9-1', provision: 'PolG NRW § 27', regimeChangeProvision: '-' };
    const own = changed(at('/clauses/0/transmitBases'), [line]);
    expect([hasForm(own), validates(own)]).toEqual([true, true]);
  });

  it('takes the example of the catalogue', () => {
    expect(validates(data)).toBe(true);
  });

  it.each<[string, string, JsonValue | undefined]>([
    ['without parties', '/parties', []],
    ['without a title', '/title', undefined],
    ['with a party of no form', '/parties/0', 'Youth Office'],
    ['of version 0', '/version', 0],
    ['from a day that does not exist', '/validFrom', '2026-02-30'],
    ['with a field nobody knows', '/owner', 'x'],
    ['with an unknown reason why something is missing', '/dpia', { missing: 'forgotten' }],
    ['with an unknown purpose', '/clauses/0/purposes/0', 'gossip'],
    ['with a power that cites no provision', '/clauses/0/legalBasisTransmit/provision', undefined],
    ['with a power of its own of nobody', '/clauses/0/collectBases', [{ code: 'LED-A8-1', provision: 'PolG NRW § 9' }]],
    [
      'with a change of regime by who receives',
      '/clauses/0/collectBases',
      [{ agency: 'police.example', code: 'LED-A8-1', provision: 'PolG NRW § 9', regimeChangeProvision: 'SGB X § 78' }],
    ],
    ['with a time limit in weeks', '/clauses/0/timeLimits/receipt/unit', 'weeks'],
    ['with half an hour', '/clauses/0/timeLimits/receipt/amount', 0.5],
    ['with more than a hundred clauses', '/clauses', Array.from({ length: 101 }, () => ({}))],
    ['with a provision longer than a line', '/clauses/0/legalBasisCollect/provision', 'x'.repeat(401)],
    ['with a conference by hearsay', '/clauses/0/conference', 'as usual'],
    ['with an unknown field of a clause', '/clauses/0/colour', 'red'],
  ])('refuses one %s, as the catalogue does', (_, pointer, value) => {
    const mutant = changed(at(pointer), value);
    expect(hasForm(mutant)).toBe(false);
    expect(validates(mutant)).toBe(false);
  });

  it.each(at('/title/version/parties/clauses/validFrom'))('takes one whose %s is said to be missing', (name) => {
    expect(validates(changed([name], { missing: 'follows' }))).toBe(true);
  });

  it('takes and refuses by form exactly what the catalogue takes and refuses', () => {
    const odd = fc.oneof(
      fc.constantFrom<JsonValue | undefined>(undefined, null, true, -1, 0, 1, 1.5, 2 ** 53, '', 'x', 'GROSS'),
      fc.constantFrom('2026-02-28', '2026-02-29', 'a@0', 'a@1', 'x'.repeat(121), 'x'.repeat(401), 'x'.repeat(4_001)),
      fc.constantFrom<JsonValue>([], {}, [[]], [null], ['x'], [{}], { en: 'x' }, { amount: 1, unit: 'days' }),
      fc.constantFrom<JsonValue>({ missing: 'unknown' }, { missing: 'x' }, { missing: 'unknown', why: 'x' }),
    );
    const path = fc.constantFrom(...pathsIn(data), ['unknown'], ['clauses', '0', 'unknown']);
    fc.assert(
      fc.property(path, odd, (place, value) => {
        const mutant = changed(place, value);
        expect(validates(mutant)).toBe(hasForm(mutant));
      }),
      { seed: 20_261_122, numRuns: randomRuns(1_000) },
    );
  });
});
