import { agenciesIn, bodiesOf, isMissing, isObject, linesOf, type Power, statedIn } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { clausesOf } from './clauses-of.js';

/** Something an agreement may leave open, and had better not. */
export interface LeftOpen {
  /** JSON pointer into the agreement */
  readonly pointer: string;
  readonly detail: string;
}

/** Fields that may be absent, and why the parties want them all the same. */
const wanted: Readonly<Record<string, string>> = {
  contactPoint: 'no office that persons concerned may turn to (GDPR 26(1))',
  dpia: 'no data protection impact assessment is named (GDPR 35, LED 27)',
  rightsProcedure: 'not settled how requests of persons concerned are handled',
  breachProcedure: 'not settled how breaches are told',
};

const wantedInClause: Readonly<Record<string, string>> = {
  conditions: 'no handling conditions (LED 9(3))',
  timeLimits: 'no time limits; those of the rule pack apply',
  retentionTold: 'not told how long who receives may keep the data',
  dpoConsultationWhen: 'not settled when the data protection officer is asked first (GDPR 38(1), LED 34)',
  activities: 'no processing activity of the register is named (GDPR 30, LED 24)',
};

/**
 * What an agreement does not say: everything said to be missing, and fields that may be absent but that a complete
 * agreement has. Never a fault: an unfinished agreement can be recorded. Reads whatever the fields hold.
 */
export function leftOpen(agreement: JsonObject): readonly LeftOpen[] {
  const clauses = clausesOf(agreement);
  return [
    ...missingIn(agreement, ''),
    ...absent(agreement, wanted, ''),
    ...(agreement['controllership'] === 'joint'
      ? absent(agreement, { essencePublishedAt: 'its essence is published nowhere (GDPR 26(2))' }, '')
      : []),
    ...clauses.flatMap((clause, index) => [
      ...sharedBasis(clause, 'transmit', `/clauses/${index}`),
      ...sharedBasis(clause, 'collect', `/clauses/${index}`),
      ...absent(clause, wantedInClause, `/clauses/${index}`),
      ...(clause['specialCategories'] === true
        ? absent(
            clause,
            { specialGrounds: 'no ground for special categories is foreseen (GDPR 9, LED 10)' },
            `/clauses/${index}`,
          )
        : []),
    ]),
  ];
}

/** No agreement says under which law its parties are: that one basis fits all of several bodies is theirs to see. */
function sharedBasis(clause: JsonObject, power: Power, pointer: string): readonly LeftOpen[] {
  const { parties, forAll, own } = statedIn[power];
  const basis = clause[forAll];
  if (basis === undefined || isMissing(basis)) return [];
  const withOwn = bodiesOf(linesOf(clause[own]));
  const others = new Set(agenciesIn(clause, parties).filter((one) => !withOwn.includes(one)));
  if (others.size < 2) return [];
  const detail = `one basis for ${[...others].join(', ')}: who is under another law cites its own in ${own}`;
  return [{ pointer: `${pointer}/${forAll}`, detail }];
}

function absent(terms: JsonObject, fields: Readonly<Record<string, string>>, pointer: string): readonly LeftOpen[] {
  return Object.entries(fields).flatMap(([name, detail]) =>
    isNothing(terms[name]) ? [{ pointer: `${pointer}/${name}`, detail }] : [],
  );
}

/** An empty list says no more than none. */
export const isNothing = (value: JsonValue | undefined): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);

function missingIn(value: JsonValue, pointer: string): readonly LeftOpen[] {
  if (isMissing(value)) return [{ pointer, detail: `said to be missing: ${value.missing}` }];
  if (!isObject(value) && !Array.isArray(value)) return [];
  return Object.entries(value as JsonObject).flatMap(([name, inner]) => missingIn(inner, `${pointer}/${name}`));
}
