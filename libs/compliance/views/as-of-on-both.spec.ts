import fc from 'fast-check';
import type { AgencyId, EntryId } from '#kernel';
import { judgements } from '../judging/judgements.js';
import { PostgresDatabase, sqliteDatabase } from '../testing/databases.js';
import { projected, rebuiltElsewhere, type Projected } from '../testing/projected.js';
import {
  clinic,
  entryTold,
  exchangeOf,
  hoursAfter,
  police,
  school,
  youthOffice,
  type Told,
} from '../testing/recorded-log.js';
import { corrected, disclosed, requested } from '../testing/stories.js';
import { randomRuns } from '../../../test/support/random-runs.js';
import { everyView } from './every-view.js';
import { ask, competentFor, own } from './testing/ask.js';

const seed = 20261123;
const projections = [judgements];
const agencies = [police, youthOffice, clinic, school];
const scopes = [...agencies.map(own), competentFor(youthOffice), competentFor(police, clinic)];
const withPast = everyView.filter(({ asOf }) => asOf === true);
const pace = 6;

const hiding = fc.constantFrom(
  {},
  {},
  {},
  { visibility: 'restricted' },
  { visibility: 'deferred-until', hiddenUntil: '2026-03-02' },
);

const step = fc.record({
  kind: fc.constantFrom('asked', 'disclosed', 'disclosed', 'corrected', 'corrected', 'corrected'),
  issuer: fc.constantFrom<AgencyId>(...agencies),
  other: fc.constantFrom<AgencyId>(...agencies),
  exchange: fc.option(fc.constantFrom('one', 'two', 'three').map(exchangeOf)),
  corrects: fc.oneof(fc.constant(0), fc.nat(9)),
  more: hiding,
});

const begun = [
  { kind: 'disclosed', issuer: youthOffice, other: police, exchange: exchangeOf('one'), corrects: 0, more: {} },
  { kind: 'asked', issuer: clinic, other: youthOffice, exchange: exchangeOf('two'), corrects: 0, more: {} },
  { kind: 'corrected', issuer: youthOffice, other: clinic, exchange: exchangeOf('two'), corrects: 0, more: {} },
];

/** What began two exchanges, disclosures, and corrections of all these and of themselves, recorded anywhere. */
const told: fc.Arbitrary<readonly Told[]> = fc.array(step, { minLength: 3, maxLength: 8 }).map((more) => {
  const steps = [...begun, ...more];
  return steps.map(({ kind, issuer, other, exchange, corrects, more }, place): Told => {
    const where = exchange ?? exchangeOf('nowhere');
    const disclosureId = exchangeOf(`disclosure ${place}`);
    const one =
      kind === 'corrected'
        ? corrected(steps[corrects]?.issuer ?? issuer, where, entryTold(corrects + 1), more)
        : kind === 'asked'
          ? requested(issuer, other, where, more)
          : disclosed(issuer, [other], where, { disclosureId, ...more });
    const { exchange: _, ...alone } = one;
    return { ...(exchange === null ? alone : one), hour: place * pace };
  });
});

async function erase({ log, projector }: Projected, gone: readonly EntryId[]): Promise<void> {
  for (const entry of gone) await log.vault.destroy({ entry, blocks: ['terms'] });
  await projector.erase(gone);
}

describe('both databases', () => {
  const postgres = new PostgresDatabase(projections);
  beforeAll(() => postgres.start());
  afterAll(() => postgres.stop());

  it('say the same of an earlier moment, wherever something was corrected, and show nobody more', async () => {
    const corrections = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        told,
        fc.integer({ min: 20, max: 60 }),
        fc.array(fc.nat(9), { maxLength: 2 }),
        async (log, hour, erased) => {
          const asOf = hoursAfter(hour);
          await using here = await projected({ ...(await sqliteDatabase.open()), projections });
          await using there = await projected({ ...(await postgres.open()), projections });
          for (const world of [here, there]) {
            const ids = await world.tell(...log);
            await erase(
              world,
              ids.filter((_, place) => erased.includes(place)),
            );
            expect(await world.digests()).toEqual(await rebuiltElsewhere(here.log, projections));
          }
          for (const view of withPast) {
            for (const scope of scopes) {
              const [rows, others] = await Promise.all(
                [here, there].map(async ({ reader }) => (await ask(reader, view, scope, { asOf })).rows),
              );
              expect([view.id, scope, others]).toEqual([view.id, scope, rows]);
              for (const { agency, cells } of rows ?? []) {
                const said = cells['direction'] === 'received' ? cells['corrections'] : [];
                if (Array.isArray(said)) for (const found of said) corrections.add(`${agency} ${found}`);
              }
            }
          }
        },
      ),
      { seed, numRuns: randomRuns(16) },
    );
    expect(corrections.size).toBeGreaterThan(0);
  });
});
