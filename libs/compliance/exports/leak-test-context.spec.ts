import type { EntryId } from '#kernel';
import type { JsonObject } from '#statement';
import { emptyRegistry } from '../rules/testing/story.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import type { Projected } from '../testing/projected.js';
import {
  clinic,
  entryTold,
  exchangeOf,
  hoursAfter,
  police,
  school,
  uuidOf,
  youthOffice,
} from '../testing/recorded-log.js';
import { corrected, disclosed as disclosedAlike, disclosureOf, received } from '../testing/stories.js';
import { gather } from './gather.js';
import { leakTest } from './leak-test.js';
import { x05 } from './profiles/x05.js';

/** Of the person alone. */
const disclosed: typeof disclosedAlike = (issuer, recipients, exchange, more) =>
  disclosedAlike(issuer, recipients, exchange, { items: [{ dataCategory: 'exit-progress' }], ...more });
const exchange = exchangeOf('watched');
const covers = [disclosureOf(exchange)];
const deferral = { issuer: police, type: 'NotificationDeferred', terms: { covers, visibility: 'restricted' } };
const services = { ...emptyRegistry, regimeOf: (agency: string) => (agency === school ? 'NATSEC' : 'GDPR') };

const leftOut = async (...given: Parameters<typeof tested>) => (await tested(...given)).leftOut.map(({ why }) => why);

async function tested({ reader }: Projected, ids: readonly EntryId[], agency = police) {
  const scope = { kind: 'agency', agency } as const;
  const surroundings = { now: hoursAfter(24), registry: services };
  const { entries, context } = await gather(reader.database, scope, x05, { agencies: [agency], ids }, surroundings);
  if (context === null) throw new RangeError('without a leak test');
  return leakTest(entries, { ...context, withholding: new Set() });
}

onEveryDatabase(({ projected }) => {
  describe('An answer to the person concerned', () => {
    it('leaves out what the agency itself keeps from the person for now, openly recorded or not', async () => {
      await using world = await projected();
      const [receipt = '' as EntryId] = await world.tell(received(police, exchange));
      expect(await leftOut(world, [receipt])).toEqual([]);
      await world.tell({ ...deferral, issuer: youthOffice });
      expect(await leftOut(world, [receipt])).toEqual([]);
      await world.tell(deferral);
      expect(await leftOut(world, [receipt])).toEqual(['hidden']);
    });

    it.each([
      ['it names the person', true, {}],
      ['it stands in the exchange', false, { exchange }],
    ])(
      'leaves out what a deferral may mean that does not say which disclosures, where %s',
      async (_, isFound, more) => {
        await using world = await projected();
        const vague = { ...deferral, ...more, terms: { covers: { missing: 'unknown' }, visibility: 'restricted' } };
        const [receipt = '' as EntryId, held = '' as EntryId] = await world.tell(received(police, exchange), vague);
        expect(await leftOut(world, isFound ? [receipt, held] : [receipt])).toEqual(['hidden']);
        await world.tell({ issuer: police, type: 'DeferralReviewed', terms: { deferral: held, outcome: 'ended' } });
        expect(await leftOut(world, [receipt, held])).toEqual([]);
      },
    );

    it('leaves out that data were looked at, too, where a deferral may mean that', async () => {
      await using world = await projected();
      const [looked = '' as EntryId] = await world.tell({ issuer: police, type: 'InformationConsulted', exchange });
      expect(await leftOut(world, [looked])).toEqual([]);
      await world.tell({ ...deferral, exchange });
      expect(await leftOut(world, [looked])).toEqual([]);
      await world.tell({ ...deferral, exchange, terms: { visibility: 'restricted' } });
      expect(await leftOut(world, [looked])).toEqual(['hidden']);
    });

    it('leaves out a receipt in another exchange than the disclosure whose notice is deferred', async () => {
      await using world = await projected();
      const elsewhere = exchangeOf('elsewhere');
      await world.tell(disclosed(youthOffice, [police], exchange));
      const [receipt = '' as EntryId] = await world.tell({
        ...received(police, exchange, { disclosedBy: youthOffice }),
        exchange: elsewhere,
      });
      expect(await leftOut(world, [receipt])).toEqual([]);
      await world.tell({ ...deferral, exchange, terms: { covers: { missing: 'unknown' }, visibility: 'restricted' } });
      expect(await leftOut(world, [receipt])).toEqual(['hidden']);
    });

    it('goes by no day that was corrected', async () => {
      const until = '2026-03-01';
      for (const [place, more] of [
        [2, []],
        [3, [{ issuer: police, type: 'DeferralReviewed', terms: { deferral: entryTold(2), until } }]],
      ] as const) {
        await using world = await projected();
        const terms = { ...deferral.terms, until };
        const [receipt = '' as EntryId] = await world.tell(received(police, exchange), { ...deferral, terms }, ...more);
        expect(await leftOut(world, [receipt])).toEqual([]);
        await world.tell(corrected(police, exchange, entryTold(place)));
        expect(await leftOut(world, [receipt])).toEqual(['hidden']);
      }
    });

    it('does so until a review ends the deferral, or the person is told', async () => {
      const ended = { deferral: entryTold(2), outcome: 'ended' };
      for (const [type, terms] of [
        ['DeferralReviewed', ended],
        ['DataSubjectInformed', { covers }],
      ] as const) {
        await using world = await projected();
        const [receipt = '' as EntryId] = await world.tell(received(police, exchange), deferral);
        await world.tell({ issuer: youthOffice, type, terms });
        expect(await leftOut(world, [receipt])).toEqual(['hidden']);
        await world.tell({ issuer: police, type, terms, hour: 1 });
        expect([type, await leftOut(world, [receipt])]).toEqual([type, []]);
      }
    });

    it('goes by no notice that was corrected, until the person is told again', async () => {
      await using world = await projected();
      const [receipt = '' as EntryId] = await world.tell(received(police, exchange), deferral);
      const informed = { issuer: police, type: 'DataSubjectInformed', terms: { covers }, hour: 1 };
      await world.tell(informed);
      expect(await leftOut(world, [receipt])).toEqual([]);
      await world.tell(corrected(police, exchange, entryTold(3)));
      expect(await leftOut(world, [receipt])).toEqual(['hidden']);
      await world.tell({ ...informed, hour: 2 });
      expect(await leftOut(world, [receipt])).toEqual([]);
    });

    it('goes by no consent that was corrected, as far as the agency may know of it, until the next answer', async () => {
      await using world = await projected();
      const registered = exchangeOf('registered');
      const ids = await world.tell(disclosed(police, [school], registered));
      const terms = { originatorConsent: uuidOf('asked'), askedBy: police, covers: [disclosureOf(registered)] };
      const answered = { issuer: school, type: 'OriginatorConsentAnswered', terms: { ...terms, consents: true } };
      await world.tell(answered);
      for (const change of [
        corrected(police, registered, entryTold(2)),
        corrected(school, registered, entryTold(2), { visibility: 'restricted' }),
      ]) {
        await world.tell(change);
        expect(await leftOut(world, ids)).toEqual([]);
      }
      await world.tell(corrected(school, registered, entryTold(2)));
      expect(await leftOut(world, ids)).toEqual(['consent-of-service']);
      await world.tell(answered);
      expect(await leftOut(world, ids)).toEqual([]);
    });

    it.each([
      ['granted-in-part', 'omitted', [{ recipient: youthOffice, omission: 'restricted-by-law' }]],
      ['refused', 'refused', []],
      ['neither-confirmed-nor-denied', 'refused', []],
    ])(
      'goes by the agency’s own decision "%s", found by the request or by what it covers',
      async (outcome, why, recipientsOmitted) => {
        const data = { outcome, recipientsOmitted };
        for (const [isFound, named] of [
          [true, { rightsRequest: entryTold(2) }],
          [false, { rightsRequest: entryTold(2), covers: [disclosureOf(exchange)] }],
        ] as const) {
          await using world = await projected();
          const [passed = '' as EntryId, request = '' as EntryId] = await world.tell(
            disclosed(police, [youthOffice], exchange),
            { issuer: police, type: 'RightsRequestReceived', terms: { right: 'access' } },
          );
          const ids = isFound ? [passed, request] : [passed];
          expect(await leftOut(world, ids)).toEqual([]);
          await world.tell({ issuer: clinic, type: 'RightsRequestDecided', terms: { ...data, ...named } });
          expect(await leftOut(world, ids)).toEqual([]);
          await world.tell({ issuer: police, type: 'RightsRequestDecided', terms: { ...data, ...named } });
          expect(await leftOut(world, ids)).toEqual([why]);
        }
      },
    );

    it('mixes no decisions of two persons that cover the same disclosure', async () => {
      const request = { issuer: police, type: 'RightsRequestReceived', terms: { right: 'access' } };
      const decision = (place: number, outcome: string) => ({
        issuer: police,
        type: 'RightsRequestDecided',
        terms: { rightsRequest: entryTold(place), outcome, covers: [disclosureOf(exchange)] },
      });
      const passed = [disclosed(police, [youthOffice], exchange), disclosed(police, [clinic], exchangeOf('second'))];
      for (const [ofA, ofB, isRefused, why] of [
        ['neither-confirmed-nor-denied', 'granted', true, ['refused', 'refused']],
        ['granted', 'unfounded-or-excessive', false, ['refused']],
      ] as const) {
        await using world = await projected();
        const ids = await world.tell(...passed, request, decision(3, ofA));
        await world.tell(request, decision(5, ofB));
        const { leftOut: found, ...result } = await tested(world, ids);
        expect([result.isRefused, found.map((one) => one.why)]).toEqual([isRefused, why]);
      }
    });

    it('is refused to whom the refusal is about, not to whom it was first recorded for', async () => {
      await using world = await projected();
      const wrong = { cause: 'wrong-person' };
      const [passed = '' as EntryId, request = '' as EntryId, decision = '' as EntryId, ...corrections] =
        await world.tell(
          disclosed(police, [youthOffice], exchange),
          { issuer: police, type: 'RightsRequestReceived', terms: { right: 'access' } },
          { issuer: police, type: 'RightsRequestDecided', terms: { rightsRequest: entryTold(2), outcome: 'refused' } },
          corrected(police, exchange, entryTold(2), wrong),
          corrected(police, exchange, entryTold(3), wrong),
        );
      expect(await tested(world, [passed, ...corrections])).toMatchObject({ isRefused: true, told: [] });
      expect(await tested(world, [passed, request, decision])).toMatchObject({ isRefused: false, leftOut: [] });
      await world.tell(...[4, 5].map((place) => corrected(police, exchange, entryTold(place))));
      expect(await tested(world, [passed, request, decision])).toMatchObject({ isRefused: true });
    });

    it('is refused again once the decision to grant it was reversed, until the person asks anew', async () => {
      await using world = await projected();
      const request = { issuer: police, type: 'RightsRequestReceived', terms: { right: 'access' } };
      const decided = (outcome: string, hour: number) => ({
        issuer: police,
        type: 'RightsRequestDecided',
        terms: { rightsRequest: entryTold(2), outcome },
        hour,
      });
      const passed = disclosed(police, [youthOffice], exchange);
      const ids = await world.tell(passed, request, decided('refused', 1), decided('granted', 2));
      expect(await leftOut(world, ids)).toEqual([]);
      await world.tell({ issuer: police, type: 'DecisionReversed', terms: { decision: entryTold(4) }, hour: 3 });
      expect(await leftOut(world, ids)).toEqual(['refused']);
      const [anew = '' as EntryId] = await world.tell({ ...request, hour: 4 });
      const askedAnew = [...ids, anew];
      expect(await tested(world, askedAnew)).toMatchObject({ isRefused: true, isAskedAnew: true, leftOut: [] });
      const answered = { issuer: police, type: 'RightsRequestFulfilled', terms: { rightsRequest: anew }, hour: 5 };
      await world.tell(answered);
      expect(await leftOut(world, askedAnew)).toEqual(['refused']);
    });

    it('leaves out what is deferred by an entry that was first recorded for somebody else', async () => {
      await using world = await projected();
      const [receipt = '' as EntryId, , right = '' as EntryId] = await world.tell(
        received(police, exchange),
        { ...deferral, terms: { covers: { missing: 'unknown' }, visibility: 'restricted' } },
        corrected(police, exchangeOf('elsewhere'), entryTold(2), { cause: 'wrong-person' }),
      );
      expect(await leftOut(world, [receipt])).toEqual([]);
      expect(await leftOut(world, [receipt, right])).toEqual(['hidden']);
    });

    it('names nothing that came under such a condition, though its receipt is not at hand, until the discloser agrees', async () => {
      await using world = await projected();
      const onward = exchangeOf('onward');
      const [, passed = '' as EntryId] = await world.tell(
        disclosed(youthOffice, [police], exchange, { conditions: ['no-inform-subject'] }),
        disclosed(police, [clinic], onward, { derivedFrom: covers }),
      );
      expect(await leftOut(world, [passed])).toEqual(['reveals']);
      const terms = { originatorConsent: uuidOf('asked'), askedBy: police, covers, consents: true };
      await world.tell({ issuer: youthOffice, type: 'OriginatorConsentAnswered', terms });
      expect(await leftOut(world, [passed])).toEqual([]);
    });

    it('is refused even where nothing is held of which it could tell', async () => {
      await using world = await projected();
      const ids = await world.tell(
        { issuer: police, type: 'RightsRequestReceived', terms: { right: 'access' } },
        { issuer: police, type: 'RightsRequestDecided', terms: { rightsRequest: entryTold(1), outcome: 'refused' } },
      );
      expect(await tested(world, ids)).toMatchObject({ isRefused: true, leftOut: [] });
    });

    it('leaves out what came or went under the condition that the person is not informed, until the discloser agrees', async () => {
      const [forbidding, kept] = [{ conditions: ['no-inform-subject'] }, ['condition']];
      const accepted = { conditionsAccepted: ['sealed'], disclosedBy: youthOffice };
      const receipt = received(police, exchange, { disclosedBy: youthOffice });
      for (const story of [
        [disclosed(police, [youthOffice], exchange, forbidding)],
        [received(police, exchange, accepted)],
        [receipt, { ...received(police, exchange, accepted), type: 'ConditionsAccepted' }],
        [receipt, disclosed(youthOffice, [police], exchange, forbidding)],
      ]) {
        await using world = await projected();
        const [own = '' as EntryId] = await world.tell(...story);
        expect(await leftOut(world, [own])).toEqual(kept);
        const covers = [disclosureOf(exchange)];
        const terms = { originatorConsent: uuidOf('asked'), askedBy: police, covers, consents: true };
        await world.tell({ issuer: youthOffice, type: 'OriginatorConsentAnswered', terms });
        expect(await leftOut(world, [own])).toEqual(story[0]?.type === 'InformationDisclosed' ? kept : []);
      }
    });

    it('goes by no condition in what others hide', async () => {
      await using world = await projected();
      const hidden = { conditions: ['sealed'], visibility: 'restricted' };
      const receipt = received(police, exchange, { disclosedBy: youthOffice });
      const [own = '' as EntryId] = await world.tell(receipt, disclosed(youthOffice, [police], exchange, hidden));
      expect(await leftOut(world, [own])).toEqual([]);
    });

    it('knows what came by what its discloser openly recorded, unless that was corrected', async () => {
      await using world = await projected();
      const receipt = received(police, exchange, { disclosedBy: youthOffice });
      const [own = '' as EntryId, theirs] = await world.tell(receipt, disclosed(youthOffice, [police], exchange));
      const known = async () => (await tested(world, [own])).forDocuments.map(({ id }) => id);
      expect(await known()).toEqual([theirs]);
      await world.tell(corrected(youthOffice, exchange, entryTold(2)));
      expect(await known()).toEqual([]);
    });

    it('names no service, whether the registry says that it is one or what passed says so', async () => {
      await using world = await projected();
      const [registered, saysItself] = [exchangeOf('registered'), exchangeOf('says itself')];
      const ids = await world.tell(
        disclosed(police, [school], registered),
        disclosed(police, [clinic], exchangeOf('said of it'), { regimeRecipient: 'NATSEC' }),
        disclosed(police, [clinic], exchangeOf('open')),
        disclosed(police, [clinic], saysItself),
      );
      const consent = 'consent-of-service';
      expect(await leftOut(world, ids)).toEqual([consent, consent]);
      await world.tell(received(clinic, saysItself, { regime: 'NATSEC' }));
      expect(await leftOut(world, ids)).toEqual([consent, consent, consent]);
    });

    it('goes by nothing that others hide: neither that they took part as a service, nor that they agreed', async () => {
      await using world = await projected();
      const restricted = { visibility: 'restricted' };
      const [open, registered] = [exchangeOf('open'), exchangeOf('registered')];
      const ids = await world.tell(disclosed(police, [clinic], open), disclosed(police, [school], registered));
      const agreed = { askedBy: police, covers: [disclosureOf(registered)], consents: true };
      const answered = (more: JsonObject) => ({
        issuer: school,
        type: 'OriginatorConsentAnswered',
        terms: { originatorConsent: uuidOf('asked'), ...agreed, ...more },
      });
      await world.tell(received(clinic, open, { regime: 'NATSEC', ...restricted }), answered(restricted));
      expect(await leftOut(world, ids)).toEqual(['consent-of-service']);
      await world.tell(answered({}));
      expect(await leftOut(world, ids)).toEqual([]);
    });
  });
});
