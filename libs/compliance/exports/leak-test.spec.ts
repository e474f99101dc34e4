import fc from 'fast-check';
import { leafIndex, type AgencyId, type EntryId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { uuidOf } from '../testing/recorded-log.js';
import type { ExportedEntry } from './export-profile.js';
import { leakTest, type LeakTestContext } from './leak-test.js';

const seed = 20261122;
const [clinic, service] = ['clinic.example', 'service.example'];

interface Told extends JsonObject {
  readonly recipients?: readonly string[];
}

const idOf = (name: string): EntryId => uuidOf(`entry ${name}`) as EntryId;

function entry(name: string, terms: Told = {}, type = 'InformationDisclosed', place = 0): ExportedEntry {
  return {
    index: leafIndex(place),
    id: idOf(name),
    issuer: clinic as AgencyId,
    recordedAt: '2026-03-01T10:00:00.000Z' as Instant,
    said: {
      type,
      occurredAt: '2026-03-01T09:00:00.000Z' as Instant,
      terms: { disclosureId: uuidOf(`disclosure ${name}`), ...terms },
    },
  };
}

const context = (changes: Partial<LeakTestContext> = {}): LeakTestContext => ({
  needsConsent: (agency) => agency === service,
  agreedTo: () => false,
  now: '2026-03-02T00:00:00.000Z' as Instant,
  deferred: new Set(),
  isChanged: () => false,
  forbidden: new Set(),
  decision: { isRefused: false, omitted: new Map() },
  disclosedToUs: [],
  withholding: new Set(),
  ...changes,
});

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

  it('what was passed on or received is left out while its notice is deferred, and so is what names it', () => {
    const disclosureId = uuidOf('disclosure watched');
    const deferred = new Set([disclosureId]);
    const entries = [
      entry('watched'),
      entry('receipt', { disclosureId }, 'DisclosureReceived'),
      entry('passed on', { derivedFrom: [disclosureId] }),
      entry('open'),
    ];
    expect(told(entries)).toHaveLength(4);
    expect(leakTest(entries, context({ deferred }))).toMatchObject({
      told: [{ id: idOf('open') }],
      leftOut: [
        { entry: idOf('watched'), why: 'hidden' },
        { entry: idOf('receipt'), why: 'hidden' },
        { entry: idOf('passed on'), why: 'reveals' },
      ],
    });
  });

  it.each(['causedBy', 'permissionRef', 'request'])(
    'a decision that what is hidden names as %s goes with it',
    (name) => {
      const decision = entry('decision', { kind: 'lift-secrecy' }, 'DecisionRecorded');
      const hidden = entry('hidden', { visibility: 'restricted', [name]: decision.id });
      expect(leakTest([decision, hidden, entry('open')], context()).leftOut).toEqual([
        { entry: decision.id, why: 'reveals' },
        { entry: hidden.id, why: 'hidden' },
      ]);
    },
  );

  it('a decision stays that explains what is told, until that is left out itself', () => {
    const decision = entry('decision', { kind: 'lift-secrecy' }, 'DecisionRecorded');
    const hidden = entry('hidden', { visibility: 'restricted', causedBy: decision.id });
    const open = entry('open', { causedBy: decision.id });
    expect(told([decision, hidden, open])).toEqual([decision.id, open.id]);
    const revealing = entry('open', { causedBy: decision.id, derivedFrom: [hidden.id] });
    expect(told([decision, hidden, revealing])).toEqual([]);
  });

  it('who received what is told although it led to what is hidden', () => {
    const receipt = entry('receipt', {}, 'DisclosureReceived');
    expect(told([receipt, entry('hidden', { visibility: 'restricted', causedBy: receipt.id })])).toEqual([receipt.id]);
  });

  it('that a security authority was to be informed is told with the information alone', () => {
    const decision = entry('decision', { kind: 'inform-security-body' }, 'DecisionRecorded');
    const informed = entry('informed', { recipients: ['police.example'], causedBy: decision.id });
    expect(told([decision, entry('open')])).toEqual([idOf('open')]);
    expect(told([decision, informed])).toEqual([decision.id, informed.id]);
    expect(told([decision, entry('measure', { causedBy: decision.id }, 'DecisionRecorded')])).toEqual([]);
    expect(told([decision, entry('secretly', { recipients: [service], causedBy: decision.id })])).toEqual([]);
  });

  it('what remains and names what is left out is left out, too, however far it goes', () => {
    const entries = [
      entry('hidden', { visibility: 'restricted' }),
      entry('receipt', { disclosureId: uuidOf('disclosure hidden') }, 'DisclosureReceived'),
      entry('answer', { causedBy: idOf('hidden') }),
      entry('of the answer', { nested: [{ of: uuidOf('disclosure answer') }] }),
      entry('unrelated'),
    ];
    expect(told(entries)).toEqual([idOf('unrelated')]);
  });

  it('an exchange that others share with it gives nothing away', () => {
    const exchange = uuidOf('exchange');
    expect(told([entry('hidden', { visibility: 'sealed', exchange }), entry('open', { exchange })])).toEqual([
      idOf('open'),
    ]);
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

  it('what a handling condition keeps from the person is left out, with what names it, until the discloser agrees', () => {
    const forbidden = new Set([uuidOf('disclosure kept')]);
    const receipt = entry('kept', { disclosedBy: 'police.example' }, 'DisclosureReceived');
    const onward = entry('onward', { derivedFrom: [uuidOf('disclosure kept')] });
    expect(leakTest([receipt, onward, entry('open')], context({ forbidden }))).toMatchObject({
      told: [{ id: idOf('open') }],
      leftOut: [
        { entry: receipt.id, why: 'condition' },
        { entry: onward.id, why: 'reveals' },
      ],
    });
    const agreedTo: LeakTestContext['agreedTo'] = (_, agency) => agency === 'police.example';
    expect(told([receipt, onward], { forbidden, agreedTo })).toHaveLength(2);
  });

  it('whom the agency decided not to name is not named, whatever passed', () => {
    const decision = { isRefused: false, omitted: new Map([['police.example', 'restricted-by-law']]) };
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
    const decision = { isRefused: false, omitted: new Map([[service, 'no-originator-consent']]) };
    const entries = [entry('to the service', { recipients: [service] })];
    expect(told(entries, { decision, needsConsent: () => false })).toEqual([]);
    expect(told(entries, { decision, agreedTo: () => true })).toHaveLength(1);
  });

  it('after a refusal nothing is told, and who answers sees why', () => {
    const decision = { isRefused: true, omitted: new Map() };
    const entries = [entry('one'), entry('hidden', { visibility: 'restricted' })];
    const tested = leakTest(entries, context({ decision }));
    expect(tested).toMatchObject({ isRefused: true, told: [], forDocuments: [] });
    expect(tested.leftOut.map(({ why }) => why)).toEqual(['refused', 'hidden']);
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

  it('nothing that is told names anything that is not, whatever refers to whatever', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const anyEntry = fc.record({
      visibility: fc.constantFrom('open', 'open', 'restricted', 'sealed'),
      causedBy: fc.option(fc.constantFrom(...names)),
      derivedFrom: fc.array(fc.constantFrom(...names), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(anyEntry, { minLength: 6, maxLength: 6 }), fc.subarray(names), (drawn, unnoticed) => {
        const deferred = new Set(unnoticed.map((one) => uuidOf(`disclosure ${one}`)));
        const entries = drawn.map(({ visibility, causedBy, derivedFrom }, place) =>
          entry(names[place] ?? '', {
            visibility,
            ...(causedBy !== null && { causedBy: idOf(causedBy) }),
            derivedFrom: derivedFrom.map((one) => uuidOf(`disclosure ${one}`)),
          }),
        );
        const result = leakTest(entries, context({ deferred }));
        const text = JSON.stringify(result.told);
        const kept = new Set(result.told.map(({ id }) => id));
        for (const one of deferred) expect(text).not.toContain(one);
        for (const { id, said } of entries) {
          if (kept.has(id)) continue;
          expect(text).not.toContain(id);
          expect(text).not.toContain(said?.terms['disclosureId'] as string);
        }
        expect(result.told.length + result.removed + result.masked).toBe(entries.length);
      }),
      { seed, numRuns: 500 },
    );
  });
});
