import type { JsonObject } from '#statement';
import { dateOf, day } from './calendar.js';
import { broken, usual } from './calibration.js';
import { pseudonym } from './person.js';
import type { Script } from './script.js';
import type { Holding, SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

/** Something to pass on; `place` is its place in the request it answers. */
export interface PassedOn extends Holding {
  readonly place?: number;
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
}

/** A disclosure that was recorded, for whoever records what follows from it. */
export interface Disclosure extends Transmission {
  readonly disclosureId: string;
  readonly entry: string;
  readonly conditions: readonly string[];
}

/** Kinds of secrecy that only a ground of their own lifts. */
export const boundBySecrecy: readonly string[] = ['professional', 'entrusted', 'social'];

/** The discloser records what it passed on. */
export function disclose(script: Script, transmission: Transmission): Disclosure {
  const { random } = script;
  const { by, to, holdings, purpose, channel, because, more } = transmission;
  const disclosureId = random.uuidAt(script.moment);
  const conditions = conditionsOf(script, transmission);
  const entry = script.record(by, 'InformationDisclosed', {
    ...script.concerning(by),
    ...script.actor(),
    ...script.justified(because),
    disclosureId,
    recipients: to.map(({ id }) => id),
    recipientUnit: random.pick(to[0].units),
    recipientPersons: [`${to[0].id.split('.')[0]}-person-${random.whole(1, to[0].staff)}`],
    channel,
    purpose,
    visibility: by.regime === 'NATSEC' ? 'restricted' : 'open',
    ...powers(script, transmission),
    ...grounds(script, holdings, by),
    items: holdings.map((holding) => item(script, by, holding)),
    conditions,
    retentionTold: random.pick(wording.retention),
    necessity: random.pick(wording.necessity),
    ...(random.happens(0.5) && { alternatives: random.pick(wording.alternatives) }),
    ...(random.happens(0.4) && { reasonTold: random.pick(wording.reasonTold) }),
    ...(random.happens(0.7) && { qualityCheckedBy: script.staffOf(by) }),
    ...more,
  });
  return { ...transmission, disclosureId, entry, conditions };
}

/** Both doors must open: the power to transmit and the power to collect. */
function powers({ random }: Script, { by, to: [to] }: Transmission): JsonObject {
  const missing = { missing: 'not-given' };
  const changesRegime = by.regime !== to.regime;
  return {
    legalBasisTransmit: random.happens(broken.noTransmitBasis) ? missing : { ...by.transmit },
    legalBasisCollect: random.happens(broken.noCollectBasis) ? missing : { ...to.collect },
    regimeRecipient: to.regime,
    ...(changesRegime &&
      !random.happens(broken.regimeChangeUncovered) && { regimeChangeProvision: by.transmit.provision }),
    ...(by.regime === 'NATSEC' && {
      threshold: 'VSG NRW § 17 Abs. 2: tatsächliche Anhaltspunkte für eine konkretisierte Gefahr',
    }),
  };
}

/** What lifts secrecy and what allows special categories. */
function grounds({ random }: Script, holdings: readonly Holding[], by: SimulatedAgency): JsonObject {
  const isSpecial = holdings.some(({ special }) => special);
  const isBound = holdings.some(({ secrecyClass }) => boundBySecrecy.includes(secrecyClass));
  const isSocial = by.pack === 'DE-SGB';
  return {
    ...(isSpecial && !random.happens(broken.specialWithoutGround) && { specialGround: by.specialGround }),
    ...(isSpecial && by.regime === 'LED' && { strictNecessity: random.pick(wording.strictNecessity) }),
    ...(isBound && !random.happens(broken.secrecyNotLifted) && { gateway: random.pick(by.gateways) }),
    ...(isSocial && { helpNotEndangered: random.happens(0.95) }),
  };
}

function item({ random, person, moment }: Script, by: SimulatedAgency, holding: PassedOn): JsonObject {
  const { place, dataCategory, itemBasis, secrecyClass, special, thirdPerson } = holding;
  return {
    dataCategory,
    itemBasis,
    secrecyClass,
    reliability: random.happens(broken.reliabilityMissing)
      ? { missing: 'not-given' }
      : random.weighted({ high: 5, medium: 3, low: 1, unknown: 0.5 }),
    asOf: random.happens(usual.statedMissing) ? { missing: 'unknown' } : dateOf(moment - random.whole(0, 45) * day),
    collectedFor: by.purpose,
    complete: random.happens(0.8),
    itemRef: `${pseudonym('file', person, by.id)}/${random.whole(1, 90)}`,
    ...(place !== undefined && { answersItem: place }),
    ...(special && { specialCategory: true }),
    ...(by.marking !== undefined && !random.happens(broken.markingLost) && { marking: by.marking }),
    ...(thirdPerson && { thirdPerson: true }),
    ...(thirdPerson &&
      !random.happens(broken.thirdPersonUnjustified) && { thirdPersonReason: random.pick(wording.thirdPerson) }),
  };
}

function conditionsOf({ random }: Script, { by, holdings }: Transmission): readonly string[] {
  const chosen = by.conditions.filter((condition) => condition !== 'social-secrecy' && random.happens(0.6));
  const isSocial = holdings.some(({ secrecyClass }) => secrecyClass === 'social');
  return isSocial && !random.happens(broken.socialSecrecyNotTold) ? [...chosen, 'social-secrecy'] : chosen;
}
