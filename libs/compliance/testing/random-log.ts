import fc from 'fast-check';
import type { AgencyId, Instant } from '#kernel';
import type { JsonObject } from '#statement';
import {
  clinic,
  entryTold,
  exchangeOf,
  hoursAfter,
  police,
  school,
  uuidOf,
  youthOffice,
  type Told,
} from './recorded-log.js';
import { corrected, decided, disclosed, feedbackGiven, invalidated, looked, received, requested } from './stories.js';

const agency = fc.constantFrom<AgencyId>(police, youthOffice, clinic, school);
const until = (day: string) => ({ visibility: 'deferred-until', hiddenUntil: day });
const visibility = fc.constantFrom<JsonObject>(
  {},
  {},
  {},
  { visibility: 'open' },
  { visibility: 'restricted' },
  { hiddenUntil: '2026-03-05' },
  { hiddenUntil: { missing: 'unknown' } },
  ...['2026-03-02', '2026-03-05', '2026-03-08', 'never'].map(until),
);

/** Moments in the time of {@link randomExchanges}: before, at and after those at which something opens in it. */
export const moments: readonly Instant[] = [
  hoursAfter(0),
  '2026-03-02T22:59:59.999Z' as Instant,
  '2026-03-02T23:00:00.000Z' as Instant,
  '2026-03-07T12:00:00.000Z' as Instant,
  hoursAfter(1_000),
];

const decision = fc.constantFrom('grant-full', 'grant-partial', 'refuse', 'defer', 'oral-only');

/** Anything anybody may record about one exchange, in any order, sensible or not. */
const step = (name: string): fc.Arbitrary<Told> => {
  const exchange = exchangeOf(name);
  const named = fc.constantFrom('a', 'b').map((which) => ({ disclosureId: uuidOf(`disclosure ${which} of ${name}`) }));
  const told = fc.oneof(
    fc.tuple(agency, agency, visibility).map(([a, b, more]) => requested(a, b, exchange, more)),
    fc.tuple(agency, decision, visibility).map(([a, how, more]) => decided(a, exchange, how, more)),
    fc
      .tuple(agency, fc.array(agency, { maxLength: 3 }), visibility, named)
      .map(([a, to, more, id]) => disclosed(a, to, exchange, { ...more, ...id })),
    fc.tuple(agency, visibility, named).map(([a, more, id]) => received(a, exchange, { ...more, ...id })),
    fc.tuple(agency, visibility, named).map(([a, more, id]) => feedbackGiven(a, exchange, { ...more, ...id })),
    fc.tuple(agency, visibility, named).map(([a, more, id]) => invalidated(a, exchange, { ...more, ...id })),
    fc
      .tuple(agency, fc.integer({ min: 1, max: 20 }), visibility)
      .map(([a, place, more]) => corrected(a, exchange, entryTold(place), more)),
    fc.tuple(agency, agency, fc.boolean()).map(([a, b, hidden]) => looked(a, b, hidden)),
  );
  return fc.tuple(told, fc.nat(200), fc.nat(60)).map(([one, hour, delay]) => ({ ...one, hour, delay }));
};

/** Several exchanges, each a list of what was recorded about it. */
export const randomExchanges: fc.Arbitrary<readonly (readonly Told[])[]> = fc.tuple(
  ...['one', 'two', 'three', 'four'].map((name) => fc.array(step(name), { maxLength: 8 })),
);

/** The exchanges as one log. Each number says which exchange goes on next. */
export function interleaved(exchanges: readonly (readonly Told[])[], order: readonly number[]): readonly Told[] {
  const waiting = exchanges.map((told) => [...told]);
  const log: Told[] = [];
  for (const number of order) {
    const open = waiting.filter(({ length }) => length > 0);
    const next = open[number % open.length]?.shift();
    if (next) log.push(next);
  }
  return [...log, ...waiting.flat()];
}
