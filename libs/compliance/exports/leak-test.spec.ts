import type { AgencyId } from '#kernel';
import type { JsonValue } from '#statement';
import { context, entry, idOf, service, undecided } from '../testing/exported.js';
import { clinic, uuidOf } from '../testing/recorded-log.js';
import type { ExportedEntry } from './export-profile.js';
import { leakTest, type LeakTestContext } from './leak-test.js';

const told = (entries: readonly ExportedEntry[], changes?: Partial<LeakTestContext>) =>
  leakTest(entries, context(changes)).told.map(({ id }) => id);

describe('before anything goes to the person concerned', () => {
  it('what is open stays', () => {
    expect(leakTest([entry('one'), entry('two', { visibility: 'open' })], context())).toMatchObject({
      removed: 0,
      masked: 0,
    });
  });

  it.each(['deferred-until', 'restricted', 'sealed', 'something-later'])('what is %s is left out', (visibility) => {
    expect(told([entry('hidden', { visibility }), entry('open')])).toEqual([idOf('open')]);
  });

  it('a sealed entry is left out whatever it says, and so is an erased one', () => {
    const erased = { ...entry('erased'), said: null };
    expect(told([entry('sealed', { visibility: 'open' }, 'SealedEntryRecorded'), erased])).toEqual([]);
  });

  it('a deferral that is over hides nothing any more', () => {
    expect(told([entry('hidden', { visibility: 'deferred-until', hiddenUntil: '2026-03-01' })])).toHaveLength(1);
  });

  it('what a service received is told only where it agreed', () => {
    const entries = [entry('passed on', { recipients: ['police.example', service] }), entry('open')];
    expect(told(entries)).toEqual([idOf('open')]);
    expect(
      told(entries, { agreedTo: ({ id }, agency) => id === idOf('passed on') && agency === service }),
    ).toHaveLength(2);
  });

  it('what came from a service is told only where it agreed, too', () => {
    const receipt = entry('from service', { disclosedBy: service }, 'DisclosureReceived');
    expect(told([receipt, entry('open')])).toEqual([idOf('open')]);
    expect(told([receipt], { agreedTo: (_, agency) => agency === service })).toHaveLength(1);
  });

  it('who answers learns of each entry why it is left out', () => {
    const entries = [
      entry('hidden', { visibility: 'restricted' }),
      entry('answer', { causedBy: idOf('hidden') }),
      entry('to service', { recipients: [service] }),
      entry('both', { items: [{ dataCategory: 'family', thirdPerson: true }] }),
      entry('open'),
      { ...entry('gone'), said: null },
    ];
    expect(leakTest(entries, context()).leftOut).toEqual([
      { entry: idOf('hidden'), why: 'hidden' },
      { entry: idOf('answer'), why: 'reveals' },
      { entry: idOf('to service'), why: 'consent-of-service' },
      { entry: idOf('both'), why: 'third-persons' },
      { entry: idOf('gone'), why: 'erased' },
    ]);
  });

  it('what cites the power of a service is left out like what went to it', () => {
    const collectBases = [{ agency: service, code: 'NATSEC-law', provision: 'BVerfSchG § 18' }];
    expect(told([entry('cites it', { recipients: [clinic], collectBases }), entry('open')])).toEqual([idOf('open')]);
  });

  it('where nobody is named a service may have received it all the same', () => {
    const entries = [entry('to somebody'), entry('receipt', {}, 'DisclosureReceived')];
    expect(told(entries, { needsConsent: (agency) => agency === '' })).toEqual([idOf('receipt')]);
  });

  it('documents know what is masked, without what it says of others', () => {
    const [own, of] = [{ dataCategory: 'identity' }, { dataCategory: 'family', thirdPerson: true }];
    const [masked] = leakTest([entry('both', { purpose: 'exit-support', items: [own, of] })], context()).forDocuments;
    expect(masked).toMatchObject({ id: idOf('both'), said: { terms: { purpose: 'exit-support', items: [own] } } });
  });

  it('what was corrected or taken back is for a person to look at first', () => {
    const wrong = entry('of somebody else');
    expect(leakTest([wrong, entry('open')], context({ isChanged: (one) => one === wrong }))).toMatchObject({
      told: [{ id: idOf('open') }],
      leftOut: [{ entry: wrong.id, why: 'corrected' }],
    });
  });

  it.each([
    ['that is about others by its kind', { dataCategory: 'network-contacts' }],
    [
      'of which nobody knows whether it is about others',
      { dataCategory: 'identity', thirdPerson: { missing: 'unknown' } },
    ],
    ['that says why it is about others', { dataCategory: 'identity', present: ['thirdPersonReason'] }],
  ])('an item %s is masked as one that says so', (_, item) => {
    const own = { dataCategory: 'family', thirdPerson: false };
    const { told: left, leftOut, forDocuments } = leakTest([entry('one', { items: [own, item] })], context());
    expect([left, leftOut]).toEqual([[], [{ entry: idOf('one'), why: 'third-persons' }]]);
    expect(forDocuments.map(({ said }) => said?.terms['items'])).toEqual([[own]]);
  });

  it('a look at data of a person and of others is masked, too, and told without theirs', () => {
    const looked = entry('looked', { dataCategories: ['exit-progress', 'family'] }, 'InformationConsulted');
    const { leftOut, forDocuments } = leakTest([looked], context());
    expect(leftOut).toEqual([{ entry: looked.id, why: 'third-persons' }]);
    expect(forDocuments).toMatchObject([{ said: { terms: { dataCategories: ['exit-progress'] } } }]);
    expect(told([entry('looked', { dataCategories: ['health'] }, 'InformationConsulted')])).toHaveLength(1);
  });

  it('that the records of a service were looked at is told only where it agreed', () => {
    expect(told([entry('looked', { source: service }, 'InformationConsulted')])).toEqual([]);
  });

  it('whom the agency decided not to name is not named, whatever passed', () => {
    const decision = { ...undecided, omitted: new Map([['police.example', 'restricted-by-law']]) };
    const entries = [
      entry('to the police', { recipients: ['police.example'] }),
      entry('from the police', { disclosedBy: 'police.example' }, 'DisclosureReceived'),
      entry('to the school', { recipients: ['school.example'] }),
    ];
    const { told: left, leftOut } = leakTest(entries, context({ decision, agreedTo: () => true }));
    expect(left.map(({ id }) => id)).toEqual([idOf('to the school')]);
    expect(leftOut.map(({ why }) => why)).toEqual(['omitted', 'omitted']);
  });

  it('who is not named for want of consent is named once it agreed', () => {
    const decision = { ...undecided, omitted: new Map([[service, 'no-originator-consent']]) };
    const entries = [entry('to the service', { recipients: [service] })];
    expect(told(entries, { decision, needsConsent: () => false })).toEqual([]);
    expect(told(entries, { decision, agreedTo: () => true })).toHaveLength(1);
  });

  it('after a refusal nothing is told, and who answers sees why', () => {
    const decision = { ...undecided, isRefused: true };
    const entries = [entry('one'), entry('hidden', { visibility: 'restricted' })];
    const tested = leakTest(entries, context({ decision }));
    expect(tested).toMatchObject({ isRefused: true, told: [], forDocuments: [] });
    expect(tested.leftOut.map(({ why }) => why)).toEqual(['refused', 'hidden']);
  });

  it('who answers sees what there is, once the person asked anew after a refusal', () => {
    const decision = { ...undecided, isRefused: true, isAskedAnew: true };
    expect(leakTest([entry('one')], context({ decision }))).toMatchObject({ isRefused: true, leftOut: [] });
  });

  it('what was decided on somebody else’s request holds back the disclosures it covers, and nothing else', () => {
    const refused = { ...undecided, isRefused: true };
    const omitting = { ...undecided, omitted: new Map([['police.example', null]]) };
    const ofDisclosure = new Map([
      [uuidOf('disclosure one'), [{ ...undecided }, refused]],
      [uuidOf('disclosure two'), [omitting]],
    ]);
    const to = { recipients: ['police.example'] };
    const entries = [entry('one', to), entry('two', to), entry('three', to)];
    const tested = leakTest(entries, context({ decision: { ...undecided, ofDisclosure } }));
    expect(tested).toMatchObject({ isRefused: false, told: [{ id: idOf('three') }] });
    expect(tested.leftOut.map(({ why }) => why)).toEqual(['refused', 'omitted']);
  });

  it('nothing is told of a receipt by what was disclosed twice under its name: one of them may be about somebody else', () => {
    const terms = { disclosureId: uuidOf('disclosure passed') };
    const by = (name: string) => ({ ...entry(name, terms), issuer: 'police.example' as AgencyId });
    const receipt = entry('receipt', { ...terms, disclosedBy: 'police.example' }, 'DisclosureReceived');
    const disclosedToUs = [by('of this person'), by('of another')];
    expect(leakTest([receipt], context({ disclosedToUs }))).toMatchObject({ told: [receipt], forDocuments: [] });
    expect(leakTest([receipt], context({ disclosedToUs: [by('of this person')] })).forDocuments).toHaveLength(1);
  });

  it('of twice as many receipts it takes twice as long, not four times', () => {
    const looks = (count: number): number => {
      let found = 0;
      const counted = (one: ExportedEntry): ExportedEntry => {
        const terms = new Proxy(one.said?.terms ?? {}, {
          get: (target, name) => ((found += Number(name === 'disclosureId')), Reflect.get(target, name) as JsonValue),
        });
        return { ...one, said: one.said && { ...one.said, terms } };
      };
      const names = Array.from({ length: count }, (_, place) => String(place));
      const from = { disclosedBy: 'police.example' };
      const receipts = names.map((name) => entry(name, from, 'DisclosureReceived'));
      const disclosedToUs = names.map((name) => counted({ ...entry(name), issuer: 'police.example' as AgencyId }));
      expect(leakTest(receipts, context({ disclosedToUs })).forDocuments).toHaveLength(count);
      return found;
    };
    expect(looks(60)).toBe(2 * looks(30));
  });

  it('an entry with reasons kept from the person is told of whole, and not handed over: its commitments show one more', () => {
    const [kept, open] = [entry('kept', { items: [{ dataCategory: 'identity' }] }), entry('open')];
    expect(leakTest([kept, open], context({ withholding: new Set([kept.id]) }))).toMatchObject({
      told: [open],
      leftOut: [{ entry: kept.id, why: 'withheld' }],
      forDocuments: [kept],
      shortened: [],
      masked: 1,
    });
  });

  it('documents tell of a receipt with what its discloser openly recorded, but for others', () => {
    const terms = { disclosureId: uuidOf('disclosure passed'), purpose: 'exit-support' };
    const [own, of] = [{ dataCategory: 'identity' }, { dataCategory: 'family' }];
    const by = (issuer: string, items = [own]) => ({
      ...entry(`of ${issuer}`, { ...terms, items }),
      issuer: issuer as AgencyId,
    });
    const receipt = entry(
      'receipt',
      { disclosureId: terms.disclosureId, disclosedBy: 'police.example' },
      'DisclosureReceived',
    );
    const asTold = (...disclosedToUs: readonly ExportedEntry[]) =>
      leakTest([receipt, entry('open')], context({ disclosedToUs }));
    const [police, somebody] = [by('police.example'), by('somebody.example')];
    expect(asTold(police, somebody)).toMatchObject({ told: [receipt, { id: idOf('open') }], forDocuments: [police] });
    expect(asTold(somebody).forDocuments).toEqual([]);
    expect(leakTest([receipt, receipt], context({ disclosedToUs: [police] })).forDocuments).toHaveLength(1);
    const masked = asTold(by('police.example', [own, of]));
    expect(masked).toMatchObject({ shortened: [receipt.id], leftOut: [] });
    expect(JSON.stringify(masked.forDocuments)).not.toContain('family');
  });

  it('what speaks of others, too, is masked and said to be', () => {
    const entries = [entry('both', { items: [{ dataCategory: 'family', thirdPerson: true }] }), entry('open')];
    expect(leakTest(entries, context())).toMatchObject({ removed: 0, masked: 1, told: [{ id: idOf('open') }] });
  });
});
