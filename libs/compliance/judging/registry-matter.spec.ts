import { entryId, leafIndex, ledgerIssuer, treeSize, type EntryId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import type { ProjectedEntry } from '../projection.js';
import { RegistryHistory } from '../registry/registry-history.js';
import { openSqliteViews } from '../sqlite/index.js';
import { clinic, hoursAfter, police, uuidOf } from '../testing/recorded-log.js';
import type { Views } from '../views.js';
import { judgements } from './judgements.js';
import { registryWithoutNote } from './owed-notes.js';

const idOf = (name: string): EntryId => entryId(uuidOf(name));

/** A registry log in which agreements are adopted and ended. */
function registryOf(...entries: readonly (readonly [name: string, type: string, data: JsonObject])[]) {
  const history = new RegistryHistory();
  history.add(
    entries.map(([name, type, data]) => ({ id: idOf(name), issuer: clinic, recordedAt: hoursAfter(0), type, data })),
  );
  return { registryAt: async (size: ReturnType<typeof treeSize>) => history.at(size) };
}

const adopted = (version: number, reviewDue: string): JsonObject => ({
  agreement: 'exit-network',
  version,
  parties: [clinic, police],
  reviewDue,
});

const given = registryOf(
  ['first', 'AgreementAdopted', adopted(1, '2026-06-01')],
  ['policy', 'PolicyPublished', {}],
  ['second', 'AgreementAmended', { ...adopted(2, '2027-06-01'), occurredAt: '2026-05-01T08:00:00.000Z' }],
);

/** An entry of which no rule says anything, judged against so much of the registry. */
const entryAt = (place: number, registry: number): ProjectedEntry => ({
  index: leafIndex(place),
  id: idOf(`entry ${place}`),
  issuer: police,
  recordedAt: hoursAfter(place),
  registry: treeSize(registry),
  exchange: null,
  said: { type: 'SomethingNew', occurredAt: hoursAfter(place), terms: {} },
});

async function afterBatches(...batches: readonly (readonly ProjectedEntry[])[]) {
  const views = openSqliteViews(':memory:');
  try {
    await views.database.transaction().execute(async (transaction) => {
      await judgements.migrate(transaction);
      for (const batch of batches) await judgements.apply(transaction, [batch], given);
    });
    return await rowsOf(views);
  } finally {
    await views.database.destroy();
  }
}

const rowsOf = ({ database }: Views) =>
  database.selectFrom('judgement').select(['rule', 'agency', 'entry_id', 'verdict', 'due']).orderBy('key').execute();

const owedFor = (name: string, due: string) =>
  [clinic, police].map((agency) => ({
    rule: 'AGR-01',
    agency,
    entry_id: idOf(name),
    verdict: 'pending',
    due: due as Instant,
  }));

describe('the registry is judged', () => {
  it('as far as entries were judged against it', async () => {
    expect(await afterBatches([entryAt(0, 0)])).toEqual([]);
    expect(await afterBatches([entryAt(0, 2)])).toEqual(owedFor('first', '2026-06-01T21:59:59.999Z'));
    expect(await afterBatches([entryAt(0, 2), entryAt(1, 3)])).toEqual(owedFor('second', '2027-06-01T21:59:59.999Z'));
  });

  it('to the same rows, whatever the batches', async () => {
    const entries = [0, 1, 1, 2, 2, 3, 3].map((registry, place) => entryAt(place, registry));
    const atOnce = await afterBatches(entries);
    expect(await afterBatches(...entries.map((entry) => [entry]))).toEqual(atOnce);
    expect(await afterBatches(entries.slice(0, 4), entries.slice(4))).toEqual(atOnce);
  });

  it('by when something happened, where it says so, and else by when it was recorded', async () => {
    const late = registryOf(
      ['first', 'AgreementAdopted', adopted(1, '2026-06-01')],
      ['second', 'AgreementAmended', { ...adopted(2, '2027-06-01'), occurredAt: '2026-06-02T08:00:00.000Z' }],
    );
    const views = openSqliteViews(':memory:');
    try {
      await views.database.transaction().execute(judgements.migrate);
      const at = (now: string) => registryWithoutNote(views.database, late, treeSize(2), now as Instant);
      // Who says in May that a review was done in June has until the last of its days to put that right.
      expect(await at('2026-05-02T00:00:00.000Z')).toEqual({ owed: [], nextDue: '2026-06-01T21:59:59.999Z' });
      expect(await at('2026-06-02T00:00:00.000Z')).toMatchObject({
        owed: [clinic, police].map((agency) => ({ rule: 'AGR-01', agency, entry: idOf('first'), outcome: 'broken' })),
        nextDue: '2027-06-01T21:59:59.999Z',
      });
    } finally {
      await views.database.destroy();
    }
  });
});

describe('where nothing was recorded since the registry grew', () => {
  const due = '2026-06-01T21:59:59.999Z' as Instant;
  const afterwards = '2026-06-01T22:00:00.000Z' as Instant;

  it('what it owes is known nevertheless, once it is due, and until it was raised', async () => {
    const views = openSqliteViews(':memory:');
    try {
      await views.database.transaction().execute(judgements.migrate);
      const at = (now: Instant, size = 1) => registryWithoutNote(views.database, given, treeSize(size), now);
      expect(await at(due)).toEqual({ owed: [], nextDue: due });
      const { owed, nextDue } = await at(afterwards);
      expect(owed).toMatchObject([clinic, police].map((agency) => ({ agency, fact: idOf('first'), dueAt: due })));
      expect(nextDue).toBeNull();
      const [first] = owed;
      if (first === undefined) throw new RangeError('nothing is owed');
      await views.database.transaction().execute(async (transaction) => {
        await judgements.apply(transaction, [[{ ...entryAt(0, 0), id: first.id, issuer: ledgerIssuer }]], given);
      });
      expect(await at(afterwards)).toMatchObject({ owed: [{ id: owed[1]?.id }] });
      expect(await at(afterwards, 3)).toMatchObject({ owed: [], nextDue: '2027-06-01T21:59:59.999Z' });
    } finally {
      await views.database.destroy();
    }
  });
});
