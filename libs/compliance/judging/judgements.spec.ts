import type { EntryId, ExchangeId } from '#kernel';
import { everyRule } from '../rules/every-rule.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import { rebuiltElsewhere, type Projected } from '../testing/projected.js';
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
import { about, answer, audit, consented, noted, onward, restricted, withdrawn } from '../testing/referring.js';
import { corrected, disclosed, disclosureOf, received, story } from '../testing/stories.js';
import { judgements } from './judgements.js';

const projections = [judgements];
const [first, second, third] = [exchangeOf('first'), exchangeOf('second'), exchangeOf('third')];

/** What some of the rules say. */
async function said(world: Projected, ...rules: readonly string[]) {
  return world.views.database
    .selectFrom('judgement')
    .select(['rule', 'agency', 'entry_id', 'part', 'verdict', 'due'])
    .where('rule', 'in', rules)
    .orderBy('key')
    .execute();
}

const verdicts = async (world: Projected, ...rules: readonly string[]) =>
  (await said(world, ...rules)).map(({ verdict }) => verdict);

onEveryDatabase(
  ({ projected }) => {
    describe('what the rules say of everything recorded', () => {
      it('is that a disclosure without a justification is broken since it was made', async () => {
        await using world = await projected({ projections });
        const [, unjustified] = await world.tell(disclosed(clinic, [police], first, { present: ['justification'] }), {
          ...disclosed(clinic, [police], second),
          hour: 3,
        });
        expect(await said(world, 'LOG-01')).toEqual([
          { rule: 'LOG-01', agency: clinic, entry_id: unjustified, part: null, verdict: 'broken', due: hoursAfter(3) },
        ]);
      });

      it('is that a receipt is owed until five working days are over, and nothing once it came', async () => {
        await using world = await projected({ projections });
        const [disclosure] = await world.tell(disclosed(clinic, [police], first));
        // From Sunday 1 March to the end of Friday 6 March 2026, in Berlin.
        const due = '2026-03-06T22:59:59.999Z';
        expect(await said(world, 'LOG-04')).toEqual([
          { rule: 'LOG-04', agency: police, entry_id: disclosure, part: police, verdict: 'pending', due },
        ]);
        await world.tell({ ...received(police, first), hour: 24 });
        expect(await said(world, 'LOG-04')).toEqual([]);
      });

      it('is that a receipt that came too late is broken since it was due', async () => {
        await using world = await projected({ projections });
        await world.tell(disclosed(clinic, [police], first), { ...received(police, first), hour: 24 * 20 });
        expect(await said(world, 'LOG-04')).toMatchObject([{ verdict: 'broken', due: '2026-03-06T22:59:59.999Z' }]);
      });

      it('is said of each recipient, once, however often it is named', async () => {
        await using world = await projected({ projections });
        await world.tell(disclosed(clinic, [police, school, police], first));
        expect((await said(world, 'LOG-04')).map(({ agency }) => agency)).toEqual([police, school]);
      });

      it('names the rule, its version, the facts and what settled it', async () => {
        await using world = await projected({ projections });
        const [entry] = await world.tell(disclosed(clinic, [police], first));
        const row = await world.views.database
          .selectFrom('judgement')
          .selectAll()
          .where('rule', '=', 'LOG-01')
          .executeTakeFirstOrThrow();
        expect(row).toMatchObject({ matter: first, kind: 'exchange', severity: 'urgent', basis: 'law', clause: null });
        expect([row.key, JSON.parse(row.facts)]).toEqual([`LOG-01 ${clinic} ${entry}`, [entry]]);
        const version = everyRule.find(({ id }) => id === 'LOG-01')?.version;
        expect(row.rule_version).toBe(version);
      });
    });

    describe('what is recorded elsewhere', () => {
      it('changes what is said of a disclosure that rests on it: its consent is withdrawn', async () => {
        await using world = await projected({ projections });
        const [consent] = await world.tell(consented('consent'));
        if (consent === undefined) throw new RangeError('no consent');
        await world.tell({ ...disclosed(clinic, [police], first, { consentRef: consent }), hour: 9 });
        expect(await verdicts(world, 'SEC-03')).toEqual([]);
        await world.tell(withdrawn(consent, 5));
        const broken = { agency: clinic, verdict: 'broken', due: hoursAfter(9) };
        expect(await said(world, 'SEC-03')).toMatchObject([
          { ...broken, part: '/items/0' },
          { ...broken, part: '/items/1' },
        ]);
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
      });

      it('changes with what is said of a disclosure outside of its exchange, before or after: its emergency is confirmed', async () => {
        const emergency = disclosed(clinic, [police], first, { present: ['emergency', 'gateway'] });
        const confirmed: Told = {
          issuer: clinic,
          type: 'EmergencyDisclosureJustified',
          exchange: second,
          hour: 3,
          terms: {
            disclosureId: disclosureOf(first),
            confirmedByAnother: true,
            confirmedAt: hoursAfter(3),
            present: ['confirmedBy'],
          },
        };
        await using world = await projected({ projections });
        await world.tell(emergency);
        expect(await verdicts(world, 'SEC-02')).toEqual(['pending']);
        await world.tell(confirmed);
        expect(await verdicts(world, 'SEC-02')).toEqual([]);
        await using other = await projected({ projections });
        await other.tell(confirmed, emergency);
        expect(await verdicts(other, 'SEC-02')).toEqual([]);
      });

      it('is one fact, though it stands in the exchange and in what was opened there', async () => {
        await using world = await projected({ projections });
        const [consent] = await world.tell(consented('consent'));
        if (consent === undefined) throw new RangeError('no consent');
        const [withdrawal, disclosure] = await world.tell(
          { ...withdrawn(consent, 5), exchange: second },
          { ...disclosed(clinic, [police], second, { consentRef: consent }), hour: 9 },
        );
        const rows = await world.views.database
          .selectFrom('judgement')
          .select('facts')
          .where('rule', '=', 'SEC-03')
          .execute();
        expect(rows.map(({ facts }): unknown => JSON.parse(facts))).toEqual([
          [disclosure, withdrawal],
          [disclosure, withdrawal],
        ]);
      });

      it('changes what is said of a disclosure that passes on another one, also when that comes later', async () => {
        await using world = await projected({ projections });
        await world.tell(onward(disclosureOf(first)));
        expect(await verdicts(world, 'CON-02')).toEqual([]);
        const [disclosure] = await world.tell(disclosed(clinic, [police], first, restricted));
        expect(await said(world, 'CON-02')).toMatchObject([{ agency: police, verdict: 'broken', due: hoursAfter(24) }]);
        await erase(world, [disclosure]);
        expect(await verdicts(world, 'CON-02')).not.toContain('broken');
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
      });

      it('is what was received and is passed on: who received it informs the person before', async () => {
        await using world = await projected({ projections });
        const due = async (): Promise<readonly unknown[]> =>
          (await said(world, 'INF-01')).filter(({ agency }) => agency === police).map((one) => one.due);
        await world.tell(disclosed(clinic, [police], first), { ...received(police, first), hour: 1 });
        expect(await due()).toEqual(['2026-04-01T21:59:59.999Z']);
        const [passedOn] = await world.tell(onward(disclosureOf(first)));
        expect(await due()).toContain(hoursAfter(24));
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
        await erase(world, [passedOn]);
        expect(await due()).not.toContain(hoursAfter(24));
      });

      it('is the same where the receipt stands in another exchange than the disclosure, and so does a notice', async () => {
        await using world = await projected({ projections });
        const ofPolice = async (): Promise<readonly unknown[]> =>
          (await said(world, 'INF-01'))
            .filter(({ agency, due }) => agency === police && due !== null && due < '2026-04-02')
            .map(({ verdict, due }) => [verdict, due]);
        await world.tell(disclosed(clinic, [police], first), {
          ...received(police, third, { disclosureId: disclosureOf(first) }),
          hour: 1,
        });
        const usual = ['pending', '2026-04-01T21:59:59.999Z'];
        expect(await ofPolice()).toEqual([usual]);
        const [passedOn] = await world.tell(onward(disclosureOf(first)));
        expect(await ofPolice()).toContainEqual(['pending', hoursAfter(24)]);
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
        await erase(world, [passedOn]);
        expect(await ofPolice()).toEqual([usual]);
        const covers = [disclosureOf(first)];
        await world.tell({ issuer: police, type: 'DataSubjectInformed', hour: 2, terms: { covers } });
        expect(await ofPolice()).toEqual([]);
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
      });

      it('is the same whichever recipient recorded its receipt first, and no matter of another one', async () => {
        const receipts = [
          { ...received(police, second, { disclosureId: disclosureOf(first) }), hour: 1 },
          { ...received(school, third, { disclosureId: disclosureOf(first) }), hour: 1 },
        ];
        const covers = [disclosureOf(first)];
        const notice: Told = {
          issuer: police,
          type: 'DataSubjectInformed',
          exchange: second,
          hour: 72,
          terms: { covers },
        };
        for (const inOrder of [receipts, receipts.toReversed()]) {
          await using world = await projected({ projections });
          const ids = await world.tell(...inOrder, onward(disclosureOf(first)), notice);
          const receipt = ids[inOrder.findIndex(({ issuer }) => issuer === police)];
          const ofPolice = (await said(world, 'INF-01')).filter(({ entry_id }) => entry_id === receipt);
          expect(ofPolice.map(({ verdict, due }) => [verdict, due])).toEqual([['broken', hoursAfter(24)]]);
        }
      });

      it('is said once where a recipient records a receipt again, also once the first is erased', async () => {
        await using world = await projected({ projections });
        const again = (exchange: ExchangeId): Told => received(police, exchange, { disclosureId: disclosureOf(first) });
        const owed = async (): Promise<readonly unknown[]> =>
          (await said(world, 'INF-01')).filter(({ agency }) => agency === police).map((one) => one.entry_id);
        const [one] = await world.tell(again(second));
        const [two] = await world.tell(again(third));
        const [three] = await world.tell(again(exchangeOf('fourth')));
        expect(await owed()).toEqual([one]);
        await erase(world, [two]);
        expect(await owed()).toEqual([one]);
        await erase(world, [one]);
        expect(await owed()).toEqual([three]);
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
        const covers = [disclosureOf(first)];
        await world.tell({ issuer: police, type: 'DataSubjectInformed', hour: 2, terms: { covers } });
        expect(await owed()).toEqual([]);
      });

      it('is the notice that covers a disclosure whose receipt is recorded', async () => {
        await using world = await projected({ projections });
        await world.tell(disclosed(clinic, [police], first), { ...received(police, first), hour: 1 });
        await world.tell({
          issuer: clinic,
          type: 'DataSubjectInformed',
          hour: 2,
          terms: { covers: [disclosureOf(first)] },
        });
        expect((await said(world, 'INF-01')).map(({ agency }) => agency)).toEqual([police]);
      });

      it('is the notice that covers what was held back, though neither names the other', async () => {
        await using world = await projected({ projections });
        await world.tell(disclosed(clinic, [police], first), about('NotificationDeferred', 1, 'one', 'other'));
        expect(await verdicts(world, 'INF-02')).toEqual(['pending']);
        await world.tell(about('DataSubjectInformed', 50, 'one'));
        expect(await verdicts(world, 'INF-02')).toEqual(['pending']);
        const [notice] = await world.tell(about('DataSubjectInformed', 60, 'other', 'one'));
        expect(await verdicts(world, 'INF-02')).toEqual([]);
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
        await erase(world, [notice]);
        expect(await verdicts(world, 'INF-02')).toEqual(['pending']);
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
      });

      it('is the hold or the case that follows from another one', async () => {
        await using world = await projected({ projections });
        const lasting = { ground: 'court-case', provision: 'ZPO § 142', until: '2031-03-02', reviewDue: '2026-05-29' };
        const [hold, opening] = [entryTold(1), entryTold(2)];
        await world.tell(
          { issuer: clinic, type: 'LegalHoldPlaced', terms: lasting },
          { issuer: clinic, type: 'CaseOpened', terms: { reviewDue: '2026-05-29' } },
        );
        const close = { opening, outcome: 'close', nextReview: { missing: 'unknown' } };
        await world.tell({ issuer: clinic, type: 'CaseReviewed', hour: 1, terms: close });
        expect(await said(world, 'RET-02', 'RET-03')).toMatchObject([
          { rule: 'RET-02', part: null, verdict: 'pending', due: '2026-04-01T21:59:59.999Z' },
          { entry_id: hold, part: '/reviewDue', verdict: 'pending', due: '2026-05-29T21:59:59.999Z' },
        ]);
        await world.tell(
          {
            issuer: clinic,
            type: 'LegalHoldPlaced',
            hour: 2,
            terms: { ...lasting, until: '2026-03-05', causedBy: hold },
          },
          { issuer: clinic, type: 'CaseOpened', hour: 2, terms: { reviewDue: '2026-05-29', causedBy: opening } },
        );
        expect((await said(world, 'RET-02', 'RET-03')).map(({ due }) => due)).toEqual(['2026-05-29T21:59:59.999Z']);
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
      });

      it('is what was called so first: nobody takes the name of a disclosure', async () => {
        await using world = await projected({ projections });
        await world.tell(
          disclosed(clinic, [police], first, restricted),
          onward(disclosureOf(first)),
          disclosed(police, [school], third, { disclosureId: disclosureOf(first) }),
        );
        expect(await verdicts(world, 'CON-02')).toEqual(['broken']);
      });

      it('is judged once where an entry stands in several matters', async () => {
        await using world = await projected({ projections });
        const [request] = await world.tell({ issuer: police, type: 'RightsRequestReceived', terms: {} });
        if (request === undefined) throw new RangeError('no request');
        await world.tell(
          { ...answer, terms: { ...answer.terms, rightsRequest: request } },
          { ...audit, terms: { ...audit.terms, agency: police } },
        );
        const rows = await world.views.database
          .selectFrom('judgement')
          .select(['rule', 'kind', 'matter', 'agency'])
          .where('rule', 'in', ['DSR-05', 'OVS-02'])
          .orderBy('rule')
          .execute();
        expect(rows).toEqual([
          { rule: 'DSR-05', kind: 'rights-request', matter: request, agency: police },
          { rule: 'OVS-02', kind: 'agency', matter: youthOffice, agency: youthOffice },
        ]);
      });
    });

    describe('an erased entry', () => {
      it('leaves open what it may have decided in its exchange', async () => {
        await using world = await projected({ projections });
        const [, receipt] = await world.tell(disclosed(clinic, [police], first), received(police, first));
        expect(await verdicts(world, 'LOG-04')).toEqual([]);
        await erase(world, [receipt]);
        expect(new Set(await verdicts(world, 'LOG-04'))).toEqual(new Set(['not-decidable']));
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
      });

      it('leaves what an agency owes as a whole as it is', async () => {
        await using world = await projected({ projections });
        const [one] = await world.tell(audit, { ...audit, hour: 1, terms: { ...audit.terms, kind: 'external' } });
        expect(await verdicts(world, 'OVS-02')).toEqual(['pending', 'pending']);
        await erase(world, [one]);
        expect(await verdicts(world, 'OVS-02')).toEqual(['pending']);
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
      });
    });

    it('no row shows anything of other blocks than the terms', async () => {
      await using world = await projected({ projections });
      await world.tell(...story, noted(police), corrected(youthOffice, first, entryTold(2)));
      for (const table of judgements.tables) {
        const rows = JSON.stringify(await world.views.database.selectFrom(table).selectAll().execute());
        expect(rows).not.toMatch(/case-e01b|person-a770|case worker/);
        if (table !== 'view_row') expect(rows).not.toBe('[]');
      }
    });

    /** Destroys the terms and tells the views. */
    async function erase(world: Projected, entries: readonly (EntryId | undefined)[]): Promise<void> {
      const ids = entries.filter((id) => id !== undefined);
      for (const entry of ids) await world.log.vault.destroy({ entry, blocks: ['terms'] });
      await world.projector.erase(ids);
    }
  },
  async (database) => ({ views: await database.openEmpty() }),
);
