import { insertRows } from './insert-rows.js';
import { judgements } from './judging/judgements.js';
import { onEveryDatabase } from './testing/on-every-database.js';

onEveryDatabase(({ projected }) => {
  it.each([0, 1, 2, 341, 1_000])('%i rows are inserted as they are, whatever they hold', async (count) => {
    await using world = await projected({ projections: [judgements] });
    const rows = Array.from({ length: count }, (_, place) => ({
      matter: `matter ${String(place).padStart(4, '0')}`,
      kind: ['["a list"]', "it's", ''][place % 3] ?? '',
      agency: 'police.example',
      shown_from: '',
    }));
    const { database } = world.views;
    await database.transaction().execute((transaction) => insertRows(transaction, 'matter_party', rows));
    expect(await database.selectFrom('matter_party').selectAll().orderBy('matter').execute()).toEqual(rows);
  });

  it('one that is there already takes all of them back', async () => {
    await using world = await projected({ projections: [judgements] });
    const row = { matter: 'first', kind: 'exchange', agency: 'police.example', shown_from: '' };
    const { database } = world.views;
    const inserting = database
      .transaction()
      .execute((transaction) => insertRows(transaction, 'matter_party', [row, { ...row, matter: 'second' }, row]));
    await expect(inserting).rejects.toThrow(/unique/i);
    expect(await database.selectFrom('matter_party').selectAll().execute()).toEqual([]);
  });
});
