import fc from 'fast-check';
import { context, entry, idOf, service } from '../testing/exported.js';
import { uuidOf } from '../testing/recorded-log.js';
import type { ExportedEntry } from './export-profile.js';
import { leakTest, type LeakTestContext } from './leak-test.js';

const seed = 20261122;

const told = (entries: readonly ExportedEntry[], changes?: Partial<LeakTestContext>) =>
  leakTest(entries, context(changes)).told.map(({ id }) => id);

describe('what would reveal what is left out', () => {
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

  it('what a handling condition keeps from the person is left out, with what names it', () => {
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
  });

  it('a condition is kept where what it came with is not at hand', () => {
    const onward = entry('onward', { derivedFrom: [uuidOf('disclosure kept')] });
    expect(told([onward])).toHaveLength(1);
    expect(told([onward], { forbidden: new Set([uuidOf('disclosure kept')]) })).toEqual([]);
  });

  it.each([
    ['was caused by the same request', { causedBy: uuidOf('request') }, {}],
    ['stands in the same exchange', { exchange: uuidOf('exchange') }, { exchange: uuidOf('exchange') }],
  ])('a look that %s goes with what is hidden, unless something told explains it', (_, ofLook, ofOther) => {
    const request = uuidOf('request');
    const exchange = uuidOf('exchange');
    const looked = entry('looked', { disclosureId: '', ...ofLook }, 'InformationConsulted');
    const hidden = entry('answer', { recipients: [service], request, exchange });
    expect(leakTest([looked, hidden, entry('open')], context()).leftOut).toEqual([
      { entry: looked.id, why: 'reveals' },
      { entry: hidden.id, why: 'consent-of-service' },
    ]);
    const other = entry('to somebody else', { recipients: ['police.example'], request, ...ofOther });
    expect(told([looked, hidden, other])).toEqual([looked.id, other.id]);
  });

  it('a look stays where what passed with it was only recorded wrongly', () => {
    const exchange = uuidOf('exchange');
    const looked = entry('looked', { disclosureId: '', exchange }, 'InformationConsulted');
    const wrong = entry('wrong', { exchange });
    expect(told([looked, wrong], { isChanged: (one) => one === wrong })).toEqual([looked.id]);
  });

  it('who received something onward is told although its receipt was corrected', () => {
    const receipt = entry('received', {}, 'DisclosureReceived');
    const onward = entry('onward', { derivedFrom: [uuidOf('disclosure received')] });
    expect(told([receipt, onward], { isChanged: (one) => one === receipt })).toEqual([onward.id]);
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
