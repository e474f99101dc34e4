import { entryId, type EntryId } from '#kernel';
import { VaultDamaged, type OpenedBlock, type Vault } from '#vault';
import { withholdingEntries } from './withholding-entries.js';

const [open, kept, erased, damaged] = [1, 2, 3, 4].map((n) => entryId(`0195a6f0-0001-7000-8000-00000000000${n}`)) as [
  EntryId,
  EntryId,
  EntryId,
  EntryId,
];
const block = { block: 'withheld', retention: 'decision', digest: 'digest' } as const;

/** Keeps reasons in one entry, has erased those of another, and cannot open those of a third. */
const vault: Pick<Vault, 'open'> = {
  async open(ids, only) {
    expect(only).toEqual(['withheld']);
    if (ids.includes(damaged)) throw new VaultDamaged(damaged, 'withheld');
    const all = new Map<EntryId, readonly OpenedBlock[]>([
      [kept, [{ ...block, encoded: '' }]],
      [erased, [{ ...block, erased: true }]],
    ]);
    return new Map([...all].filter(([id]) => ids.includes(id)));
  },
};

test('of many entries some are opened at a time, and of those beside a damaged one each by itself', async () => {
  const ids = Array.from({ length: 1_000 }, (_, place) =>
    entryId(`0195a6f0-0002-7000-8000-${String(place).padStart(12, '0')}`),
  );
  const lost = new Set(ids.filter((_, place) => place % 2 === 0 && place < 200));
  const asked: number[] = [];
  const found = await withholdingEntries(
    {
      async open(some) {
        asked.push(some.length);
        const bad = some.find((id) => lost.has(id));
        if (bad !== undefined) throw new VaultDamaged(bad, 'withheld');
        return new Map();
      },
    },
    ids,
  );
  expect(found).toEqual(lost);
  expect(asked.filter((count) => count > 1)).toEqual([400, 400, 200]);
  expect(asked.filter((count) => count === 1)).toHaveLength(400);
});

test('an entry withholds reasons from the person wherever it has a block of them: open, erased or damaged', async () => {
  expect(await withholdingEntries(vault, [open, kept, erased, damaged])).toEqual(new Set([damaged, kept, erased]));
});
