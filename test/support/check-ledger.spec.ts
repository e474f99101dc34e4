import { DatabaseSync } from 'node:sqlite';
import { everyProjection, Projector, type Views } from '#compliance';
import { RegistryFollower } from '#compliance/registry';
import { openSqliteViews } from '#compliance/sqlite';
import { treeSize } from '#kernel';
import { formatTreeHead, leafHash, signNote } from '#transparency';
import { admission, operation, police, request } from '../../libs/recording/testing/entries.js';
import { Scratch } from '../../libs/recording/testing/scratch.js';
import { openWriteSide, signerOf, type WriteSide } from '../../libs/recording/testing/write-side.js';
import { checkLedger, findOrphans, type Acknowledged, type History } from './check-ledger.js';

/** The checker is the judge of every crash: here it has to find what was planted. */
describe('the checker of ledgers', () => {
  let scratch: Scratch;
  let side: WriteSide;
  let history: History;
  let views: Views;

  beforeEach(async () => {
    scratch = new Scratch();
    side = await openWriteSide(scratch);
    await side.recorder.record([admission(1, police)]);
    const recorded = await side.recorder.record([request(2, 1), operation(3, { exchange: 1 }), operation(4)]);
    await side.advance();
    views = openSqliteViews(scratch.file('views.sqlite'));
    const projector = new Projector(everyProjection, { ...side, views, given: new RegistryFollower(side.store) });
    await projector.start();
    await projector.reached(treeSize(3), AbortSignal.timeout(10_000));
    await projector.stop();
    const acknowledged = recorded.map((one) => ({ ...one, leafHash: one.leafHash.toString('base64') }));
    history = {
      acknowledged,
      checkpoints: { entries: [side.integrators.entries.published?.checkpoint ?? ''], registry: [] },
    };
  });
  afterEach(async () => {
    await views.database.destroy();
    await side.drop();
    scratch.remove();
  });

  const check = (): ReturnType<typeof checkLedger> => {
    const { store, vault, registerDatabase, receipts } = side;
    const keys = {
      entries: signerOf('entries').vkey,
      registry: signerOf('registry').vkey,
      receipt: receipts.verifierKey,
    };
    const blockFile = scratch.file('vault.sqlite');
    return checkLedger({ store, vault, registerDatabase, blockFile, keys, swept: true, views }, history);
  };

  function edit(file: 'log' | 'vault' | 'views', sql: string): void {
    const database = new DatabaseSync(scratch.file(`${file}.sqlite`));
    database.exec(sql);
    database.close();
  }

  const told = (change: Partial<Acknowledged>): void => {
    const [first, ...rest] = history.acknowledged;
    if (first) history = { ...history, acknowledged: [{ ...first, ...change }, ...rest] };
  };

  it('finds nothing in a ledger that kept its word', async () => {
    expect(await check()).toEqual({ leaves: 4, heads: 5 });
    expect(await findOrphans(side.store, scratch.file('vault.sqlite'))).toEqual([]);
  });

  it.each<[string, string, () => void]>([
    ['an acknowledged entry elsewhere', 'is not at entries/1', () => told({ index: 1 })],
    [
      'another hash than promised',
      'has another hash',
      () => told({ leafHash: leafHash(Buffer.of(1)).toString('base64') }),
    ],
    ['a time that was not promised', 'has another time', () => told({ recordedAt: '2026-11-22T10:00:00.001Z' })],
    ['a receipt of another entry', 'something else', () => told({ receipt: history.acknowledged[1]?.receipt ?? '' })],
    ['a lost leaf', 'there are 2 leaves', () => edit('log', 'DELETE FROM entries WHERE idx = 2')],
    ['a gap', 'not dense', () => edit('log', 'DELETE FROM entries WHERE idx = 1')],
    [
      'an id that stands twice',
      'stands twice',
      () => edit('log', 'INSERT INTO entries SELECT 3, bytes FROM entries WHERE idx = 0'),
    ],
    [
      'a leaf that was changed',
      'another root than its leaves',
      () =>
        edit('log', `UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), ':00.000Z', ':00.001Z') AS BLOB)`),
    ],
    ['a lost block', '0 blocks for one commitment', () => edit('vault', 'DELETE FROM blocks WHERE id = 1')],
    [
      'a block without a leaf',
      'has no leaf',
      () => edit('vault', `UPDATE blocks SET digest = '${'x'.repeat(43)}', key = NULL, sealed = NULL WHERE id = 1`),
    ],
    [
      'a register that lost an agency',
      'table agency of the register',
      () => side.registerDatabase.exec('DELETE FROM agency'),
    ],
    [
      'a register with a suspension that nobody recorded',
      'table suspension of the register',
      () => side.registerDatabase.exec(`INSERT INTO suspension VALUES ('police.example', '2026-11-22', NULL)`),
    ],
    [
      'a register with a correction that nobody recorded',
      'table correction of the register',
      () => side.registerDatabase.exec(`INSERT INTO correction VALUES ('one', 'police.example', 2, 'other')`),
    ],
    [
      'a register with another head',
      'table exchange of the register',
      () => side.registerDatabase.exec(`UPDATE exchange SET times = replace(times, '"version":2', '"version":3')`),
    ],
    [
      'a view that lost a row',
      'the rows of projection exchanges are not',
      () => edit('views', 'DELETE FROM recorded_entry WHERE rowid = (SELECT min(rowid) FROM recorded_entry)'),
    ],
    [
      'a view that says something else',
      'the rows of projection exchanges are not',
      () => edit('views', `UPDATE recorded_entry SET type = 'FeedbackGiven' WHERE type = 'InformationRequested'`),
    ],
    [
      'a view that stands before what its rows hold',
      'the rows of projection exchanges are not',
      () =>
        edit('views', `DELETE FROM recorded_entry; UPDATE saved_position SET position = 1 WHERE name = 'exchanges'`),
    ],
    [
      'a view that stands beyond the log',
      'projection disclosures is running at 9, a rebuild running at 3',
      () => edit('views', `UPDATE saved_position SET position = 9 WHERE name = 'disclosures'`),
    ],
    [
      'a checkpoint that was never persisted',
      'served but not persisted',
      () => {
        const text = formatTreeHead({
          origin: signerOf('entries').name,
          size: treeSize(2),
          root: leafHash(Buffer.of(1)),
        });
        const forged = signNote(text, [signerOf('entries')]);
        history = { ...history, checkpoints: { ...history.checkpoints, entries: [forged] } };
      },
    ],
    [
      'two heads for one size',
      'heads of entries do not grow',
      () => edit('log', 'INSERT INTO "entries.checkpoints" SELECT 2, bytes FROM "entries.checkpoints" WHERE idx = 1'),
    ],
  ])('finds %s', async (_, finding, plant) => {
    plant();
    await expect(check()).rejects.toThrow(finding);
  });
});
