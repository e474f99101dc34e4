import { textIn } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { broken, decisionWeights, monthWeights, published, usual } from './calibration.js';
import { boundBySecrecy } from './disclosure.js';
import { agencyOf } from './network.js';
import { simulateYear } from './simulate-year.js';

const exchanges = 16_000;

interface Fact {
  readonly agency: string;
  readonly type: string;
  readonly id: string;
  readonly at: number;
  readonly data: JsonObject;
}

const facts: readonly Fact[] = [...simulateYear({ seed: 'calibration', exchanges, year: 2025 })].map(
  ({ agency, body: { type, id, occurredAt, data } }) => ({ agency, type, id, at: Date.parse(occurredAt), data }),
);
const of = (type: string): readonly Fact[] => facts.filter((fact) => fact.type === type);
const share = (part: (fact: Fact) => boolean, all: readonly Fact[]): number => all.filter(part).length / all.length;
const items = ({ data }: Fact, name = 'items'): JsonObject[] => [data[name] ?? []].flat() as JsonObject[];
const text = (data: JsonObject, name: string): string => textIn(data, name) ?? '';
const isMissing = (value: JsonValue | undefined): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && 'missing' in value);

/** What the end of the year cannot have cut off: whatever takes longest would be missing more often. */
const isEarly = (fact: Fact | undefined): boolean => fact !== undefined && fact.at < Date.UTC(2025, 8);

/** Days from Monday to Friday after the one of the first moment, up to the one of the second. */
function workingDays(from: number, until: number): number {
  const day = 24 * 60 * 60_000;
  let count = 0;
  for (let at = Math.floor(from / day) + 1; at <= Math.floor(until / day); at += 1) {
    if (new Date(at * day).getUTCDay() % 6 !== 0) count += 1;
  }
  return count;
}

const disclosures = of('InformationDisclosed');
const answers = disclosures.filter(({ data }) => data['spontaneous'] === false);
const referrals = disclosures.filter(
  ({ data }) => data['purpose'] === 'case-admission' && data['spontaneous'] === true,
);
const firstReferrals = referrals.filter(
  ({ agency, data }) => agency !== 'koordination.example' && !data['derivedFrom'],
);
const requests = new Map(of('InformationRequested').map((fact) => [fact.id, fact]));
const decisions = new Map(of('RequestDecided').map((fact) => [fact.id, fact]));

/**
 * Four standard deviations: of the two dozen shares compared here, one would lie outside three by chance in every
 * sixteenth simulation.
 */
const near = (wanted: number, count: number): number => 4 * Math.sqrt((wanted * (1 - wanted)) / count);

function expectShare(found: number, wanted: number, count: number): void {
  expect(count).toBeGreaterThan(40);
  expect(Math.abs(found - wanted)).toBeLessThan(near(wanted, count));
}

describe('published proportions', () => {
  const from = (agency: string): number => share((fact) => fact.agency === agency, firstReferrals);

  it('are 40 % of referrals from education and 28 % from the police', () => {
    expect([published.fromEducation.toFixed(2), published.fromPolice.toFixed(2)]).toEqual(['0.40', '0.28']);
    expectShare(from('schule.example'), published.fromEducation, firstReferrals.length);
    expectShare(from('polizei.example'), published.fromPolice, firstReferrals.length);
  });

  it('are 13 % of referrals discussed at a panel and 7 % adopted as a case', () => {
    expect([published.discussedAtPanel.toFixed(2), published.adoptedAsCase.toFixed(2)]).toEqual(['0.13', '0.07']);
    const panels = new Set(disclosures.flatMap(({ data }) => data['conference'] ?? []));
    const adopted = of('ProcessingOperationLogged').filter(({ data }) => data['conference'] !== undefined);
    const { length } = firstReferrals;
    expectShare(panels.size / length, published.discussedAtPanel, length);
    expectShare(adopted.length / length, published.adoptedAsCase, length);
  });

  it('spread over the months as weighted', () => {
    const whole = monthWeights.reduce((sum, weight) => sum + weight, 0);
    // The last month is cut where the year ends.
    for (const [month, weight] of monthWeights.slice(0, 11).entries()) {
      const found = share(({ at }) => new Date(at).getUTCMonth() === month, firstReferrals);
      expect(Math.abs(found - weight / whole)).toBeLessThan(0.02);
    }
  });
});

describe('assumed proportions', () => {
  it.each(Object.entries(decisionWeights))('hold for decisions: %s', (decision, weight) => {
    const first = [...decisions.values()].filter(({ data }) => {
      const request = requests.get(text(data, 'request'));
      return request !== undefined && items(request).length > 1 && request.data['requestKind'] === 'item-request';
    });
    const found = share(({ data }) => data['decision'] === decision, first);
    expect(Math.abs(found - weight / 100)).toBeLessThan(0.03);
  });

  it('leave receipts and feedback out', () => {
    const received = new Set(of('DisclosureReceived').map(({ data }) => text(data, 'disclosureId')));
    const early = answers.filter(isEarly);
    expect(share(({ data }) => !received.has(text(data, 'disclosureId')), early)).toBeLessThan(0.1);
    expect(share(({ data }) => !received.has(text(data, 'disclosureId')), early)).toBeGreaterThan(0.04);
    const told = new Set(of('FeedbackGiven').map(({ data }) => text(data, 'disclosureId')));
    const found = share(({ data }) => told.has(text(data, 'disclosureId')), early);
    expectShare(found, usual.feedbackGiven, early.length);
  });
});

describe('rules are broken as often as documented', () => {
  const minor = ({ data }: Fact): boolean =>
    data['ageBand'] === '14-17' || data['ageBand'] === 'under-14' || isMissing(data['ageBand']);
  const special = disclosures.filter((fact) => items(fact).some((item) => item['specialCategory'] === true));
  const bound = disclosures.filter((fact) =>
    items(fact).some((item) => boundBySecrecy.includes(text(item, 'secrecyClass'))),
  );
  const social = disclosures.filter((fact) => items(fact).some((item) => item['secrecyClass'] === 'social'));
  const crossing = disclosures.filter(({ data }) => data['regime'] !== data['regimeRecipient']);
  const allItems = disclosures.flatMap((fact) => items(fact).map((data) => ({ ...fact, data })));
  const aged = facts.filter((fact) => 'ageBand' in fact.data && minor(fact));
  const known = answers.filter(({ data }) => decisions.get(text(data, 'causedBy')) !== undefined);
  const byDisclosureId = new Map(disclosures.map((fact) => [text(fact.data, 'disclosureId'), fact]));
  const sourceOf = ({ data }: Fact): Fact | undefined =>
    byDisclosureId.get([data['derivedFrom'] ?? []].flat().map(String).join());
  const passedOn = disclosures.filter((fact) => isEarly(sourceOf(fact)));
  const reasoned = facts.filter(({ type }) => type === 'InformationDisclosed' || type === 'InformationConsulted');
  const refused = of('RequestDecided').flatMap((fact) => items(fact, 'refused').map((data) => ({ ...fact, data })));
  const marked = allItems.filter(({ agency }) => agencyOf(agency).marking !== undefined);
  const third = allItems.filter(({ data }) => data['thirdPerson'] === true);
  const lacks = (field: string) => (fact: Fact) => isMissing(fact.data[field]);

  const isTooMuch = ({ data, ...fact }: Fact): boolean => {
    const granted = items(decisions.get(text(data, 'causedBy')) ?? { ...fact, data }, 'granted');
    return items({ ...fact, data }).some(
      (item) => !granted.some((one) => one['dataCategory'] === item['dataCategory']),
    );
  };
  // A map keeps what was set last, hence from the end.
  const firstDecisions = [
    ...new Map([...decisions.values()].reverse().map((one) => [text(one.data, 'request'), one])).values(),
  ];
  const requestOf = ({ data }: Fact): Fact | undefined => requests.get(text(data, 'request'));
  const isOverdue = (decision: Fact): boolean => {
    const request = requestOf(decision);
    if (request === undefined) throw new Error('a decision without a request');
    const urgency = text(request.data, 'urgency');
    if (urgency === 'imminent-danger') return decision.at - request.at > 60 * 60_000;
    return workingDays(request.at, decision.at) > (urgency === 'urgent' ? 1 : 10);
  };
  const isByTool = ({ data }: Fact): boolean => JSON.stringify(data['automation'] ?? null).includes('automatic');

  it.each<[keyof typeof broken, (fact: Fact) => boolean, readonly Fact[]]>([
    ['noTransmitBasis', lacks('legalBasisTransmit'), disclosures],
    ['noCollectBasis', lacks('legalBasisCollect'), disclosures],
    ['regimeChangeUncovered', lacks('regimeChangeProvision'), crossing],
    ['specialWithoutGround', lacks('specialGround'), special],
    ['thirdPersonUnjustified', lacks('thirdPersonReason'), third],
    ['secrecyNotLifted', lacks('gateway'), bound],
    ['socialSecrecyNotTold', ({ data }) => !JSON.stringify(data['conditions']).includes('social-secrecy'), social],
    ['ageBandMissing', lacks('ageBand'), aged],
    ['moreThanGranted', isTooMuch, known],
    ['reliabilityMissing', lacks('reliability'), allItems],
    ['passedOnUnasked', lacks('permissionRef'), passedOn],
    ['markingLost', lacks('marking'), marked],
    ['decisionOverdue', isOverdue, firstDecisions.filter((fact) => isEarly(requestOf(fact)))],
    ['refusalWithoutProvision', lacks('provision'), refused],
    ['decidedByTool', isByTool, of('RequestDecided')],
    ['unjustified', lacks('justification'), reasoned],
    ['actorMissing', lacks('actor'), reasoned],
    ['lateWithoutReason', lacks('lateReason'), facts],
  ])('%s', (rule, isBroken, all) => {
    expectShare(share(isBroken, all), broken[rule], all.length);
  });
});
