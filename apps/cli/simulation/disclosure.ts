import { instantAt } from '#kernel';
import type { JsonObject } from '#statement';
import { dateOf, day, hour } from './calendar.js';
import { broken } from './calibration.js';
import { pseudonym } from './person.js';
import { isLacking, type Script } from './script.js';
import type { Holding, SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

/** Something to pass on; `place` is its place in the request it answers. */
export interface PassedOn extends Holding {
  readonly place?: number;
  /** nobody asked for it */
  readonly unasked?: true;
  /** how its source marked it */
  readonly marked?: string;
}

/** What is disclosed, by whom, to whom and why. */
export interface Transmission {
  readonly by: SimulatedAgency;
  readonly to: readonly [SimulatedAgency, ...SimulatedAgency[]];
  readonly holdings: readonly PassedOn[];
  readonly purpose: string;
  readonly channel: string;
  readonly because: readonly string[];
  /** fields that only this kind of disclosure has: the request it answers, what it passes on, the conference */
  readonly more: JsonObject & { readonly spontaneous: boolean };
  /** what is put in the place of single fields of its items, by their places */
  readonly itemsInstead?: readonly JsonObject[];
}

/** A disclosure that was recorded, for whoever records what follows from it. */
export interface Disclosure extends Transmission {
  readonly disclosureId: string;
  readonly entry: string;
  readonly conditions: readonly string[];
  /** milliseconds since 1970 */
  readonly at: number;
  /** what became of each item's marking */
  readonly markings: readonly (string | undefined)[];
}

/** Kinds of secrecy that only a ground of their own lifts. */
export const boundBySecrecy: readonly string[] = ['professional', 'entrusted', 'social'];

/** Special categories in the strict sense; data on offences are flagged, too, but need no ground of their own. */
const offences: readonly string[] = ['criminal-conviction', 'criminal-charge', 'criminal-offence', 'detention-record'];
export const isOffence = ({ dataCategory }: Holding): boolean => offences.includes(dataCategory);

/** Bodies that may be private: only a law lets data on offences go there. */
export const mayBePrivate = ({ kind }: SimulatedAgency): boolean => kind === 'health' || kind === 'exit-programme';

/** What goes wrong with a disclosure as a whole. */
interface Flaws {
  readonly noTransmitBasis: boolean;
  readonly noCollectBasis: boolean;
  readonly regimeChangeUncovered: boolean;
  readonly specialWithoutGround: boolean;
  readonly secrecyNotLifted: boolean;
  readonly socialSecrecyNotTold: boolean;
}

/** What goes wrong with one item. */
interface ItemFlaws {
  readonly reliabilityMissing: boolean;
  readonly markingLost: boolean;
  readonly thirdPersonUnjustified: boolean;
}

/** The discloser records what it passed on. */
export function disclose(script: Script, transmission: Transmission): Disclosure {
  const { random } = script;
  const { by, to, holdings, purpose, channel, because, more } = transmission;
  const disclosureId = random.uuidAt(script.moment);
  const flaws = flawsOf(script, transmission);
  const items = holdings.map((holding) => ({ holding, flaws: itemFlawsOf(script, by, holding) }));
  const conditions = conditionsOf(script, transmission, flaws);
  const data: JsonObject = {
    ...script.concerning(by),
    ...script.actor(),
    ...script.justified(because),
    disclosureId,
    recipients: to.map(({ id }) => id),
    recipientUnit: random.pick(to[0].units),
    recipientPersons: [`${to[0].id.split('.')[0]}-person-${random.whole(1, to[0].staff)}`],
    channel,
    purpose,
    purposeCompatible: true,
    visibility: isKeptBack(transmission) ? 'restricted' : 'open',
    ...powers(transmission, flaws),
    ...grounds(script, transmission, flaws),
    items: items.map((one, place) => ({
      ...item(script, by, one.holding, one.flaws),
      ...transmission.itemsInstead?.[place],
    })),
    conditions,
    retentionTold: random.pick(wording.retention),
    necessity: random.pick(wording.necessity),
    alternatives: random.pick(wording.alternatives),
    ...(random.happens(0.4) && { reasonTold: random.pick(wording.reasonTold) }),
    qualityCheckedAt: instantAt(script.moment - random.whole(1, 6) * hour),
    ...(random.happens(0.7) && { qualityCheckedBy: script.staffOf(by) }),
    ...more,
  };
  const entry = script.record(by, 'InformationDisclosed', data);
  tellOmissions(script, by, entry, data);
  tellFlaws(script, transmission, entry, flaws);
  for (const [place, one] of items.entries()) tellItemFlaws(script, by, { entry, place, ...one });
  const markings = items.map((one) => (one.flaws.markingLost ? undefined : markingOf(by, one.holding)));
  return { ...transmission, disclosureId, entry, conditions: toldIn(data), at: script.moment, markings };
}

/** A service hides what it answers: who asked knows of the exchange all the same. To others it would not exist. */
const isKeptBack = ({ by, to, more }: Transmission): boolean =>
  by.regime === 'NATSEC' && !more.spontaneous && to.length === 1;

/** Conditions as they were told in the end. */
function toldIn({ conditions }: JsonObject): readonly string[] {
  return Array.isArray(conditions) ? conditions.filter((one) => typeof one === 'string') : [];
}

/** What the person, the actor and the reason lack. */
function tellOmissions(script: Script, by: SimulatedAgency, entry: string, data: JsonObject): void {
  if (isLacking(data, 'justification')) script.intend('LOG-01', by, entry);
  if ('actor' in data && isLacking(data, 'actor')) script.intend('LOG-02', by, entry);
  if (isLacking(data, 'ageBand')) script.intend('CHD-01', by, entry);
}

function flawsOf(script: Script, { by, to, holdings }: Transmission): Flaws {
  const happens = (share: number, where = true): boolean => where && script.errs(share);
  return {
    noTransmitBasis: happens(broken.noTransmitBasis),
    noCollectBasis: happens(broken.noCollectBasis),
    regimeChangeUncovered: happens(
      broken.regimeChangeUncovered,
      to.some(({ regime }) => regime !== by.regime),
    ),
    specialWithoutGround: happens(
      broken.specialWithoutGround,
      holdings.some(({ special }) => special),
    ),
    secrecyNotLifted: happens(broken.secrecyNotLifted, holdings.some(isBoundInParticular)),
    socialSecrecyNotTold: happens(broken.socialSecrecyNotTold, holdings.some(isSocial)),
  };
}

function itemFlawsOf(script: Script, by: SimulatedAgency, holding: PassedOn): ItemFlaws {
  return {
    reliabilityMissing: script.errs(broken.reliabilityMissing),
    markingLost: by.marking !== undefined && script.errs(broken.markingLost),
    thirdPersonUnjustified: holding.thirdPerson === true && script.errs(broken.thirdPersonUnjustified),
  };
}

/** Which rules it breaks that something about the whole is missing. */
function tellFlaws(script: Script, { by, to, holdings }: Transmission, entry: string, flaws: Flaws): void {
  const { noTransmitBasis, noCollectBasis, regimeChangeUncovered } = flaws;
  if (noTransmitBasis) script.intend('LAW-01', by, entry);
  // The basis that is left out is that of the first recipient: the others have their own.
  if (noCollectBasis) script.intend('LAW-02', by, entry, to.length > 1 ? to[0].id : null);
  for (const recipient of to) {
    if (regimeChangeUncovered && needsProvision(by, recipient)) script.intend('LAW-04', by, entry, recipient.id);
    // Without any power there is no law either that lets data on offences go to a body that may be private.
    const isOffenceTold = noTransmitBasis && holdings.some(isOffence) && mayBePrivate(recipient);
    if (isOffenceTold) script.intend('LAW-05', by, entry, recipient.id);
  }
  if (flaws.socialSecrecyNotTold && by.pack === 'DE-SGB') script.intend('SOC-03', by, entry);
  for (const [place, holding] of holdings.entries()) {
    const part = `/items/${place}`;
    if (flaws.specialWithoutGround && holding.special && !isOffence(holding)) script.intend('SPC-01', by, entry, part);
    // Social secrecy is lifted by the power to transmit itself, as long as that is cited.
    const isLifted = isSocial(holding) && by.pack === 'DE-SGB' && !noTransmitBasis;
    if (flaws.secrecyNotLifted && isBound(holding) && !isLifted) script.intend('SEC-01', by, entry, part);
    if (holding.unasked) script.intend('NEC-01', by, entry, part);
  }
}

function tellItemFlaws(
  script: Script,
  by: SimulatedAgency,
  { entry, place, flaws }: { readonly entry: string; readonly place: number; readonly flaws: ItemFlaws },
): void {
  const part = `/items/${place}`;
  if (flaws.reliabilityMissing) script.intend('QUA-01', by, entry, part);
  if (flaws.thirdPersonUnjustified) script.intend('SPC-02', by, entry, part);
  // Only the law of the police knows this marking; a service's own is a matter of its rules on classified material.
  if (flaws.markingLost && by.kind === 'police') script.intend('MRK-01', by, entry, part);
}

/** Into law enforcement nothing special is needed; out of it, and to or from a service, a provision is. */
const needsProvision = ({ regime: from }: SimulatedAgency, { regime: to }: SimulatedAgency): boolean =>
  from !== to && !(from === 'GDPR' && to === 'LED');

/** Both doors must open: the power to transmit and the power to collect. */
function powers({ by, to }: Transmission, flaws: Flaws): JsonObject {
  const missing = { missing: 'not-given' };
  const [first, ...others] = to;
  const isOneRegime = to.every(({ regime }) => regime === first.regime);
  const changesRegime = to.some(({ regime }) => regime !== by.regime);
  return {
    legalBasisTransmit: flaws.noTransmitBasis ? missing : { ...by.transmit },
    legalBasisCollect: flaws.noCollectBasis ? missing : { ...first.collect },
    ...(others.length > 0 && { collectBases: others.map(({ id, collect }) => ({ agency: id, ...collect })) }),
    ...(isOneRegime && { regimeRecipient: first.regime }),
    ...(changesRegime && !flaws.regimeChangeUncovered && { regimeChangeProvision: by.transmit.provision }),
    ...(by.regime === 'NATSEC' && {
      threshold: 'VSG NRW § 17 Abs. 2: tatsächliche Anhaltspunkte für eine konkretisierte Gefahr',
    }),
  };
}

const isSocial = ({ secrecyClass }: Holding): boolean => secrecyClass === 'social';
const isBound = ({ secrecyClass }: Holding): boolean => secrecyClass !== 'none';
const isBoundInParticular = ({ secrecyClass }: Holding): boolean => boundBySecrecy.includes(secrecyClass);

/** What lifts secrecy and what allows special categories. */
function grounds({ random }: Script, { by, to, holdings }: Transmission, flaws: Flaws): JsonObject {
  const isSpecial = holdings.some(({ special }) => special);
  return {
    ...(isSpecial && !flaws.specialWithoutGround && { specialGround: by.specialGround }),
    ...(isSpecial && by.regime === 'LED' && { strictNecessity: random.pick(wording.strictNecessity) }),
    ...(holdings.some(isBound) && !flaws.secrecyNotLifted && { gateway: random.pick(by.gateways) }),
    ...(by.pack === 'DE-SGB' && { helpNotEndangered: true }),
    ...(by.pack === 'DE-SGB' && to.some(({ regime }) => regime === 'NATSEC') && { decidedByHead: true }),
  };
}

/** What the law of a service is allowed to learn of social data: SGB X § 72. */
export const isOpenToServices = ({ dataCategory }: Holding): boolean =>
  ['identity', 'address', 'employer'].includes(dataCategory);

const markingOf = (by: SimulatedAgency, { marked }: PassedOn): string | undefined => by.marking ?? marked;

function item({ random, person, moment }: Script, by: SimulatedAgency, holding: PassedOn, flaws: ItemFlaws) {
  const { place, dataCategory, itemBasis, secrecyClass, special, thirdPerson } = holding;
  const marking = markingOf(by, holding);
  return {
    dataCategory,
    itemBasis,
    secrecyClass,
    reliability: flaws.reliabilityMissing
      ? { missing: 'not-given' }
      : random.weighted({ high: 5, medium: 3, low: 1, unknown: 0.5 }),
    asOf: dateOf(moment - random.whole(0, 45) * day),
    collectedFor: by.purpose,
    complete: random.happens(0.8),
    itemRef: `${pseudonym('file', person, by.id)}/${random.whole(1, 90)}`,
    ...(place !== undefined && { answersItem: place }),
    ...(special && { specialCategory: true }),
    ...(marking !== undefined && !flaws.markingLost && { marking }),
    ...(thirdPerson && { thirdPerson: true }),
    ...(thirdPerson && !flaws.thirdPersonUnjustified && { thirdPersonReason: random.pick(wording.thirdPerson) }),
  };
}

/** Conditions that an agency never leaves out: what the agreement and its own law demand. */
export const firmConditions = ({ conditions }: SimulatedAgency): readonly string[] =>
  conditions.filter((condition) => condition === 'purpose-only' || condition === 'keep-marking');

function conditionsOf({ random }: Script, { by, holdings }: Transmission, flaws: Flaws): readonly string[] {
  const firm = firmConditions(by);
  const chosen = by.conditions.filter(
    (condition) => firm.includes(condition) || (condition !== 'social-secrecy' && random.happens(0.6)),
  );
  const isMarked = holdings.some(({ marked }) => marked !== undefined) && !chosen.includes('keep-marking');
  const isSocialTold = (by.pack === 'DE-SGB' || holdings.some(isSocial)) && !flaws.socialSecrecyNotTold;
  return [...chosen, ...(isMarked ? ['keep-marking'] : []), ...(isSocialTold ? ['social-secrecy'] : [])];
}
