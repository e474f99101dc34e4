import fc from 'fast-check';
import type { JsonObject } from '#statement';
import { projected as projectedHere, type Projected } from '../testing/projected.js';
import { interleaved, randomExchanges } from '../testing/random-log.js';
import { clinic, exchangeOf, police, RecordedLog, youthOffice, type Told } from '../testing/recorded-log.js';
import { disclosed, received } from '../testing/stories.js';
import { judgements } from './judgements.js';

const seed = 20261122;
const projections = [judgements];
const first = exchangeOf('first');

const concealments: readonly JsonObject[] = [
  { visibility: 'restricted' },
  { visibility: 'sealed' },
  { visibility: 'deferred-until', hiddenUntil: '2026-03-04' },
  { visibility: 'a code of tomorrow' },
];

const rowsOf = ({ views }: Projected) =>
  views.database
    .selectFrom('judgement')
    .select(['rule', 'agency', 'entry_id', 'part', 'verdict', 'due', 'facts'])
    .orderBy('key')
    .execute();

async function judgedIn(...told: readonly Told[]) {
  const log = new RecordedLog();
  await log.record(...told);
  await using world = await projectedHere({ log, projections });
  await world.caughtUp();
  return rowsOf(world);
}

describe('what an agency hides', () => {
  it.each(concealments)('makes nobody else owe anything: %j', async (concealment) => {
    const rows = await judgedIn(disclosed(clinic, [police], first, concealment));
    expect(new Set(rows.map(({ agency }) => agency))).toEqual(new Set([clinic]));
  });

  it('is judged for the agency itself as if it were open', async () => {
    const [open, concealed] = await Promise.all(
      [{}, { visibility: 'restricted' }].map(async (more) => {
        const rows = await judgedIn(disclosed(clinic, [police], first, more));
        return rows.filter(({ agency }) => agency === clinic);
      }),
    );
    expect(open).not.toEqual([]);
    expect(concealed).toEqual(open);
  });

  it('does for it what was owed, while nobody else learns that it was done', async () => {
    const rows = await judgedIn(
      disclosed(clinic, [police, youthOffice], first),
      received(police, first, { visibility: 'restricted' }),
    );
    expect(rows.filter(({ rule }) => rule === 'LOG-04').map(({ agency }) => agency)).toEqual([youthOffice]);
  });

  it('changes nothing of what is said of others, whatever it is', async () => {
    const about = (rows: Awaited<ReturnType<typeof rowsOf>>) => rows.filter(({ agency }) => agency !== clinic);
    await fc.assert(
      fc.asyncProperty(
        randomExchanges,
        fc.array(fc.nat(100), { maxLength: 20 }),
        fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
        async (exchanges, order, concealed) => {
          const log = interleaved(exchanges, order).filter(({ type }) => type !== 'LedgerAccessed');
          const isConcealed = (told: Told, place: number): boolean =>
            told.issuer === clinic && concealed.includes(place);
          const hiding = log.map((told, place) =>
            isConcealed(told, place) ? { ...told, terms: { ...told.terms, visibility: 'restricted' } } : told,
          );
          // In the place of what is hidden something of which no rule says anything: ids of entries follow their places.
          const without = hiding.map((told) =>
            told.issuer === clinic && told.terms?.['visibility'] === 'restricted'
              ? { issuer: clinic, type: 'SomethingNew' }
              : told,
          );
          expect(about(await judgedIn(...hiding))).toEqual(about(await judgedIn(...without)));
        },
      ),
      { seed, numRuns: 25 },
    );
  });
});
