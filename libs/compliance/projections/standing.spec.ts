import fc from 'fast-check';
import {
  advance,
  evolve,
  headFor,
  nothingYet,
  openSince,
  standingAt,
  type ExchangeHead,
  type Said,
  type Times,
} from '#catalogue';
import { instantAt, type Instant } from '#kernel';
import { randomRuns } from '../../../test/support/random-runs.js';
import { clinic, exchangeOf, hoursAfter, police, school, youthOffice, type Told } from '../testing/recorded-log.js';
import { moments, randomExchanges } from '../testing/random-log.js';
import { disclosed, requested } from '../testing/stories.js';
import { spansOf, turnsOver } from './standing.js';

const seed = 20261123;

const saidBy = ({ issuer, type, terms = {}, hour = 0 }: Told): Said => ({
  issuer,
  type,
  terms,
  occurredAt: hoursAfter(hour),
});
const sinceOf = ({ type, terms = {} }: Told): string => openSince({ said: { type, terms } });
const folded = (told: readonly Told[]): Times =>
  told.reduce<Times>((times, one) => advance(times, saidBy(one), sinceOf(one)), nothingYet);

describe('Where an exchange stands', () => {
  it('is for each agency, at every moment, what it would be had only been recorded what it may know then', () => {
    fc.assert(
      fc.property(randomExchanges, (exchanges) => {
        const told = exchanges.flat();
        const times = folded(told);
        for (const at of moments) {
          const stands = spansOf(times).find(({ from, until }) => from <= at && (until === null || until > at));
          for (const agency of [police, youthOffice, clinic, school]) {
            const known = told.filter((one) => one.issuer === agency || sinceOf(one) <= at);
            const head = known.reduce<ExchangeHead | null>((before, one) => evolve(before, saidBy(one)), null);
            expect(stands && headFor(stands.standing, agency)).toEqual(head);
            const turns = turnsOver(times)
              .filter((one) => one.agency === agency && one.from <= at && (one.until === null || one.until > at))
              .map(({ from: _, until: __, ...turn }) => turn);
            expect(turns).toEqual(expect.arrayContaining([...(head?.waitingFor ?? [])].filter(isOf(agency))));
            expect(turns).toHaveLength((head?.waitingFor ?? []).filter(isOf(agency)).length);
          }
        }
      }),
      { seed, numRuns: randomRuns(200) },
    );
  });

  it('is told once for as long as nothing in it opens', () => {
    const first = exchangeOf('first');
    const hidden = { visibility: 'restricted' };
    expect(folded([requested(police, clinic, first), disclosed(clinic, [police], first, hidden)])).toHaveLength(1);
  });

  it('stays small, however many moments there are at which something opens', () => {
    const first = exchangeOf('first');
    const moment = (day: number): Instant => instantAt(Date.UTC(2027, 0, day));
    const said = saidBy(requested(police, clinic, first));
    const days = Array.from({ length: 300 }, (_, day) => moment(300 - day));
    const times = days.reduce<Times>((before, since) => advance(before, said, since), nothingYet);
    expect(times).toHaveLength(100);
    // What opens too early to have a time of its own opens with the next.
    const [always, next] = times.map(({ standing }) => headFor(standing, clinic)?.version ?? 0);
    expect([always, next]).toEqual([0, 202]);
    expect(headFor(times.at(-1)?.standing ?? { open: null, own: {} }, clinic)?.version).toBe(300);
  });

  it('opens later what no longer has a time of its own, never earlier, and never not at all', () => {
    const first = exchangeOf('first');
    const moment = (day: number): Instant => instantAt(Date.UTC(2027, 0, day));
    const said = saidBy(requested(police, clinic, first));
    const days = Array.from({ length: 150 }, (_, day) => moment(day + 1));
    const times = days.reduce<Times>((before, since) => advance(before, said, since), nothingYet);
    const seenAt = (day: number) => headFor(standingAt(times, moment(day)), clinic)?.version ?? 0;
    expect([0, 51, 52, 53, 149, 150].map(seenAt)).toEqual([0, 0, 52, 53, 149, 150]);
  });

  it('has one turn for as long as it is the same, whatever opens meanwhile', () => {
    const first = exchangeOf('first');
    const later = { visibility: 'deferred-until', hiddenUntil: '2026-03-02' };
    const told = [requested(police, clinic, first), requested(clinic, school, first, later)];
    expect(turnsOver(folded(told)).map(({ agency, from, until }) => [agency, from, until])).toEqual([
      [clinic, '', null],
      [school, '2026-03-02T23:00:00.000Z', null],
    ]);
  });
});

const isOf =
  (agency: string) =>
  (turn: { readonly agency: string }): boolean =>
    turn.agency === agency;
