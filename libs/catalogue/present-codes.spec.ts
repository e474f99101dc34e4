import { blocksOf, type EntryType, vocabularies } from '#catalogue';
import type { EntryId, ExchangeId, Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { informationDisclosed } from './entries/information-disclosed.js';
import { requestDecided } from './entries/request-decided.js';

const missing = { missing: 'unknown' };

/** The codes that `terms` of an entry hold, where its example says this. */
function codesIn({ name, example, codes }: EntryType, change: JsonObject): readonly string[] {
  const data = { ...example.data, ...change };
  const { terms = {} } = blocksOf({
    id: example.id as EntryId,
    type: name,
    exchange: example.exchange as ExchangeId,
    occurredAt: example.occurredAt as Instant,
    data,
    expectedVersion: null,
  });
  const present = terms['present'] as readonly string[];
  expect(present).toEqual([...new Set(present)].toSorted());
  const said = codes?.(data) ?? [];
  expect(present).toEqual(expect.arrayContaining([...said]));
  expect(JSON.stringify(terms)).not.toMatch(/under-14|14-17|consent-entruster/);
  return said;
}

describe('of who is concerned by a disclosure, rules learn', () => {
  it.each([
    ['under-14', ['minor']],
    ['14-17', ['minor']],
    ['adult', []],
    ['unknown', []],
    [missing, []],
  ])('of age band %p no more than %p', (ageBand, expected) => {
    expect(codesIn(informationDisclosed, { ageBand, gateway: missing })).toEqual(expected);
  });
});

describe('of the ground for lifting secrecy, rules learn', () => {
  const gateways = [...(vocabularies.get('gateway')?.terms.keys() ?? [])];

  it.each([...gateways, missing])('whether there is one, and whether it is the emergency: %p', (gateway) => {
    const none = gateway === 'none-needed' || gateway === missing;
    const expected = gateway === 'emergency' ? ['secrecy-lifted', 'emergency'] : none ? [] : ['secrecy-lifted'];
    expect(codesIn(informationDisclosed, { ageBand: 'adult', gateway })).toEqual(expected);
  });
});

describe('of the advice of the data protection officer, rules learn', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['was followed', { dpoAdviceFollowed: true }, []],
    ['was not followed, and not why', { dpoAdviceFollowed: false }, ['dpo-deviation-unreasoned']],
    ['was not followed, and why', { dpoAdviceFollowed: false, deviationReason: 'It came too late.' }, []],
    [
      'was not followed, and why is missing',
      { dpoAdviceFollowed: false, deviationReason: missing },
      ['dpo-deviation-unreasoned'],
    ],
    ['is not said to have been followed', { dpoAdviceFollowed: missing }, []],
  ])('that it was deviated from without a reason, where it %s', (_, change, expected) => {
    expect(codesIn(requestDecided, change)).toEqual(expected);
  });
});
