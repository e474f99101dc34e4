import fc from 'fast-check';
import { blocksOf, entryTypes, type EntryType } from '#catalogue';
import { exchangeId, ledgerIssuer, type AgencyId, type EntryId, type Instant } from '#kernel';
import { clinic, exchangeOf, police, uuidOf, youthOffice, type Told } from '../../testing/recorded-log.js';

const types = [...entryTypes.values()].filter(({ log }) => log === 'entries');
const exchanges = ['one', 'two'].map(exchangeOf);

/** Hours between two entries of a log. */
export const pace = 6;

const hiding = fc.constantFrom(
  {},
  {},
  {},
  { visibility: 'restricted' },
  { visibility: 'deferred-until', hiddenUntil: '2026-03-03' },
);

/** The terms of the catalogue's example, of which whatever names an entry may name one of the log. */
function termsOf({ name, example }: EntryType, named: EntryId | null) {
  const { data } = example;
  const { terms = {} } = blocksOf({
    id: uuidOf('example') as EntryId,
    type: name,
    exchange: null,
    occurredAt: example.occurredAt as Instant,
    data,
    expectedVersion: null,
  });
  const { type: _, occurredAt: __, exchange: ___, ...own } = terms;
  const opener = entryTypes.get(name)?.matter?.openedBy ?? entryTypes.get(name)?.shownWith;
  return opener !== undefined && named !== null && opener in own ? { ...own, [opener]: named } : own;
}

/**
 * Entries of every type, made from the catalogue's examples: by anybody, in any order, in few exchanges, often about
 * one another; some hidden, some until a day.
 */
export const anyEntries: fc.Arbitrary<readonly Told[]> = entriesOf(types);

/** The same, of these types more often than of others. */
export const entriesOften = (often: readonly string[]): fc.Arbitrary<readonly Told[]> =>
  entriesOf([
    ...types,
    ...types.filter(({ name }) => often.includes(name)).flatMap((type) => Array.from({ length: 12 }, () => type)),
  ]);

function entriesOf(some: readonly EntryType[]): fc.Arbitrary<readonly Told[]> {
  return fc
    .array(
      fc.tuple(
        fc.constantFrom(...some),
        fc.constantFrom<AgencyId>(police, youthOffice, clinic),
        fc.constantFrom(...exchanges),
        fc.option(fc.integer({ min: 1, max: 12 })),
        hiding,
      ),
      { minLength: 1, maxLength: 14 },
    )
    .map((steps) =>
      steps.map(([type, agency, exchange, place, more], at) => ({
        issuer: type.recordedBy === 'agency' ? agency : ledgerIssuer,
        type: type.name,
        ...(type.exchange !== 'none' && { exchange: exchangeId(exchange) }),
        hour: at * pace,
        // The entries of a log of the tests have these ids, in order.
        terms: { ...termsOf(type, place === null ? null : (uuidOf(`entry ${place}`) as EntryId)), ...more },
      })),
    );
}
