import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { onEveryDatabase } from '../../testing/on-every-database.js';
import type { Projected } from '../../testing/projected.js';
import { clinic, police, school, uuidOf, youthOffice, type Told } from '../../testing/recorded-log.js';
import { looked } from '../../testing/stories.js';
import { ask, competentFor, own, type Ask } from '../testing/ask.js';
import type { Scope } from '../../scope.js';
import { v10 } from './v10-accesses.js';

const supervisor = 'dpa.example' as AgencyId;
const opened = uuidOf('the entry that was opened');

const look = (accessor: AgencyId, owner: AgencyId, hidden: boolean, hour: number, more: JsonObject = {}): Told => {
  const told = looked(accessor, owner, hidden);
  return { ...told, hour, terms: { ...told.terms, entry: opened, blocks: ['people', 'reasons'], ...more } };
};

const resolved = (hour: number, more: JsonObject = {}): Told => ({
  issuer: youthOffice,
  type: 'IdentityResolved',
  hour,
  terms: { kind: 'person-concerned', accessPurpose: 'rights-request', entry: opened, ...more },
});

const exported: Told = {
  issuer: 'ledger' as AgencyId,
  type: 'ExportIssued',
  hour: 4,
  terms: {
    recipient: supervisor,
    role: 'regulator',
    accessPurpose: 'supervisory-request',
    owners: [clinic, youthOffice],
    hiddenFromOwner: true,
    profile: 'trail',
    log: 'entries',
    from: 0,
    to: 1_200,
  },
};

const told: readonly Told[] = [
  look(police, youthOffice, false, 1),
  look(supervisor, youthOffice, true, 2),
  { ...looked(youthOffice, youthOffice, false), hour: 3 },
  exported,
  resolved(5, { givenTo: clinic }),
  resolved(6, { visibility: 'restricted', kind: 'staff' }),
];

onEveryDatabase(({ projected }) => {
  const seenIn = async (world: Projected, scope: Scope, asks: Ask = {}): Promise<readonly string[]> => {
    const { rows } = await ask(world.reader, v10, scope, asks);
    return rows.map(({ cells }) => `${String(cells['accessor'])} ${String(cells['kind'])}`);
  };
  const seen = async (scope: Scope): Promise<readonly string[]> => {
    await using world = await projected();
    await world.tell(...told);
    return await seenIn(world, scope);
  };

  describe('V10: who looked, and why', () => {
    it('tells an agency of its own looks, and of those at its entries that are not hidden, the latest first', async () => {
      expect(await seen(own(youthOffice))).toEqual([
        'youth-office.example identity',
        'youth-office.example identity',
        'youth-office.example search',
        'police.example look',
      ]);
    });

    it('tells who looked of its own looks, and nobody else of anything', async () => {
      expect(await seen(own(police))).toEqual(['police.example look']);
      expect(await seen(own(supervisor))).toEqual(['dpa.example export', 'dpa.example look']);
      expect(await seen(own(school))).toEqual([]);
      expect(await seen(own(clinic))).toEqual([]);
    });

    it('tells a supervisor of every look, also of what an agency keeps from all others, and of its exports', async () => {
      expect(await seen(competentFor(youthOffice))).toEqual([
        'youth-office.example identity',
        'youth-office.example identity',
        'dpa.example export',
        'youth-office.example search',
        'dpa.example look',
        'police.example look',
      ]);
      expect(await seen(competentFor())).toEqual([]);
    });

    it('says role, purpose, parts and counts, and never which member of staff it was', async () => {
      await using world = await projected();
      await world.tell(look(police, youthOffice, false, 1, { actor: 'staff-4711' }), {
        ...looked(police, police, false),
        hour: 2,
        terms: { ...looked(police, police, false).terms, matches: 3 },
      });
      const { rows } = await ask(world.reader, v10, own(police));
      expect(rows.map(({ cells }) => cells)).toMatchObject([
        { kind: 'search', matches: 3, entry: null, blocks: [] },
        {
          at: '2026-03-01T09:00:00.000Z',
          kind: 'look',
          role: 'dpo',
          purpose: 'lawfulness-check',
          owners: [youthOffice],
          entry: opened,
          blocks: ['people', 'reasons'],
          hidden: false,
        },
      ]);
      expect(JSON.stringify(rows)).not.toContain('staff-');
      expect(Object.keys(rows[0]?.cells ?? {}).toSorted()).toEqual(Object.keys(v10.columns).toSorted());
    });

    it('says what an export held, and whose identity was given to whom', async () => {
      await using world = await projected();
      await world.tell(...told);
      const [first] = (await ask(world.reader, v10, own(supervisor))).rows;
      expect(first?.cells).toMatchObject({
        profile: 'trail',
        owners: [clinic, youthOffice],
        log: 'entries',
        first: 0,
        beyond: 1_200,
        hidden: true,
      });
      const [, resolvedOne] = (await ask(world.reader, v10, own(youthOffice))).rows;
      expect(resolvedOne?.cells).toMatchObject({ identity: 'person-concerned', givenTo: clinic, role: null });
    });

    it('can be asked for codes, bodies, entries and parts', async () => {
      await using world = await projected();
      await world.tell(...told);
      const countOf = async (column: string, value: boolean | string): Promise<number> =>
        (await seenIn(world, own(youthOffice), { filter: [{ column, is: 'equal', value }] })).length;
      expect(await countOf('kind', 'identity')).toBe(2);
      expect(await countOf('accessor', police)).toBe(1);
      expect(await countOf('purpose', 'rights-request')).toBe(2);
      expect(await countOf('role', 'dpo')).toBe(2);
      expect(await countOf('entry', opened)).toBe(3);
      expect(await countOf('blocks', 'reasons')).toBe(1);
      expect(await countOf('blocks', 'reason')).toBe(0);
      expect(await countOf('givenTo', clinic)).toBe(1);
      expect(await countOf('hidden', false)).toBe(4);
      expect(await countOf('hidden', true)).toBe(0);
      expect(await countOf('owners', youthOffice)).toBe(2);
      expect(await countOf('owners', '')).toBe(0);
    });

    it('can be asked for a time', async () => {
      await using world = await projected();
      await world.tell(...told);
      const at = (is: 'before' | 'from' | 'upTo', value: string) => ({ column: 'at', is, value });
      const from = at('from', '2026-03-01T11:00:00.000Z');
      const before = at('before', '2026-03-01T13:00:00.000Z');
      const upTo = at('upTo', '2026-03-01T13:00:00.000Z');
      expect(await seenIn(world, own(youthOffice), { filter: [from, before] })).toEqual([
        'youth-office.example search',
      ]);
      expect(await seenIn(world, own(youthOffice), { filter: [from, upTo] })).toHaveLength(2);
    });

    it('cannot be asked for members of staff', async () => {
      await using world = await projected();
      for (const column of ['actor', 'staff', 'secondPerson']) {
        const filter = [{ column, is: 'equal', value: 'staff-4711' }] as const;
        await expect(seenIn(world, own(youthOffice), { filter })).rejects.toThrow('no such column');
      }
    });

    it.each(['ascending', 'descending'] as const)(
      'is paged without loss, %s, also within one moment',
      async (direction) => {
        await using world = await projected();
        await world.tell(...told, ...told.map((one) => ({ ...one, hour: 5 })));
        const sort = { by: 'at', direction } as const;
        const whole = (await ask(world.reader, v10, own(youthOffice), { sort })).rows.map(({ key }) => key);
        const paged: string[] = [];
        let after: Ask['after'] = null;
        do {
          const page: Awaited<ReturnType<typeof ask>> = await ask(world.reader, v10, own(youthOffice), {
            sort,
            after,
            limit: 3,
          });
          paged.push(...page.rows.map(({ key }) => key));
          after = page.next;
        } while (after !== null);
        expect(whole).toHaveLength(8);
        expect(paged).toEqual(whole);
      },
    );

    it('shows a look of which everything is missing to nobody but who looked', async () => {
      await using world = await projected();
      const unknown = { missing: 'unknown' };
      const terms = { agency: police, owner: youthOffice, role: unknown, accessPurpose: unknown, blocks: unknown };
      await world.tell({ issuer: 'ledger' as AgencyId, type: 'LedgerAccessed', terms });
      expect(await seenIn(world, own(youthOffice))).toEqual([]);
      const { rows } = await ask(world.reader, v10, own(police));
      expect(rows).toMatchObject([{ cells: { role: null, purpose: null, blocks: [], hidden: true } }]);
    });

    it('shows nothing of what was erased', async () => {
      await using world = await projected();
      const [, , , , identity] = await world.tell(...told);
      await world.projector.erase(identity === undefined ? [] : [identity]);
      expect(
        await seenIn(world, own(youthOffice), { filter: [{ column: 'kind', is: 'equal', value: 'identity' }] }),
      ).toHaveLength(1);
    });
  });
});
