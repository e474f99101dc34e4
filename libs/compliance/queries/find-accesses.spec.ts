import type { AgencyId, Instant, LeafIndex } from '#kernel';
import { onEveryDatabase } from '../testing/on-every-database.js';
import { clinic, hoursAfter, police, school, uuidOf, youthOffice } from '../testing/recorded-log.js';
import { looked } from '../testing/stories.js';
import type { Scope } from '../scope.js';
import { findAccesses } from './find-accesses.js';

const supervisor = 'dpa.example' as AgencyId;

onEveryDatabase(({ projected }) => {
  describe('who looked', () => {
    const told = [
      looked(police, youthOffice, false),
      looked(supervisor, youthOffice, true),
      looked(youthOffice, youthOffice, false),
      {
        ...looked(clinic, youthOffice, false),
        terms: { agency: clinic, owner: youthOffice, role: { missing: 'unknown' } },
      },
      {
        issuer: 'ledger' as AgencyId,
        type: 'ExportIssued',
        terms: {
          recipient: supervisor,
          exportId: uuidOf('trail'),
          accessPurpose: 'supervisory-request',
          owners: [youthOffice, clinic],
          hiddenFromOwner: true,
        },
      },
    ];

    const seen = async (scope: Scope): Promise<readonly string[]> => {
      await using world = await projected();
      await world.tell(...told);
      const found: string[] = [];
      let after: LeafIndex | null = null;
      do {
        const page: Awaited<ReturnType<typeof findAccesses>> = await findAccesses(
          world.reader.database,
          scope,
          hoursAfter(1_000),
          {
            limit: 1,
            ...(after !== null && { after }),
          },
        );
        found.push(...page.rows.map(({ accessor, type }) => `${String(accessor)} ${type}`));
        after = page.next;
      } while (after !== null);
      return found;
    };

    it('is told to the agency whose entries they are, unless it is hidden or not said', async () => {
      expect(await seen({ kind: 'agency', agency: youthOffice })).toEqual([
        'police.example LedgerAccessed',
        'youth-office.example LedgerAccessed',
      ]);
    });

    it('is told to the agency that looked and to nobody uninvolved', async () => {
      expect(await seen({ kind: 'agency', agency: clinic })).toEqual(['clinic.example LedgerAccessed']);
      expect(await seen({ kind: 'agency', agency: supervisor })).toEqual([
        'dpa.example LedgerAccessed',
        'dpa.example ExportIssued',
      ]);
      expect(await seen({ kind: 'agency', agency: school })).toEqual([]);
    });

    it('can be asked for a period: from a moment on, and before another', async () => {
      await using world = await projected();
      const ids = await world.tell(...told.slice(0, 3).map((one, place) => ({ ...one, hour: place * 24 })));
      const idsIn = async (period: { readonly from?: Instant; readonly to?: Instant }) => {
        const scope = { kind: 'competent', agencies: [youthOffice] } as const;
        const { rows } = await findAccesses(world.reader.database, scope, hoursAfter(1_000), { ...period, limit: 10 });
        return rows.map(({ entry }) => entry);
      };
      expect(await idsIn({ from: hoursAfter(24) })).toEqual(ids.slice(1));
      expect(await idsIn({ to: hoursAfter(24) })).toEqual(ids.slice(0, 1));
      expect(await idsIn({ from: hoursAfter(24), to: hoursAfter(48) })).toEqual(ids.slice(1, 2));
    });

    it('is told to a supervisor of either side, hidden or not', async () => {
      expect(await seen({ kind: 'competent', agencies: [youthOffice] })).toHaveLength(5);
      expect(await seen({ kind: 'competent', agencies: [clinic] })).toEqual([
        'clinic.example LedgerAccessed',
        'dpa.example ExportIssued',
      ]);
      expect(await seen({ kind: 'competent', agencies: [police] })).toEqual(['police.example LedgerAccessed']);
      expect(await seen({ kind: 'competent', agencies: [] })).toEqual([]);
    });
  });
});
