import type { EntryBody } from '#catalogue';
import { instantAt, type AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { inOfficeHours, hour } from './calendar.js';
import { broken, usual } from './calibration.js';
import { isMinor, pseudonym, type Person } from './person.js';
import type { Random } from './random.js';
import type { SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

/** An entry and the agency that records it. */
export interface SimulatedEntry {
  readonly agency: AgencyId;
  readonly body: EntryBody;
}

const agreement = 'netzwerk-ausstieg-musterstadt@3';
const lateInParticular = 0.12;

/** One exchange about one person while it is written: its entries so far and how late it is. */
export class Script {
  readonly entries: SimulatedEntry[] = [];
  readonly exchange: string;

  constructor(
    readonly random: Random,
    readonly person: Person,
    /** milliseconds since 1970 */
    public moment: number,
  ) {
    this.exchange = random.uuidAt(moment);
  }

  /** Lets time go by until this agency acts. */
  pass(agency: SimulatedAgency, leastHours: number, mostHours: number): void {
    this.moment += Math.floor(this.random.between(leastHours, mostHours) * hour);
    if (!agency.alwaysOpen) this.moment = inOfficeHours(this.moment, this.random);
  }

  /**
   * The agency records, now, what happened now.
   *
   * @returns the id of the entry
   */
  record(agency: SimulatedAgency, type: string, data: JsonObject): string {
    const id = this.random.uuidAt(this.moment);
    const occurredAt = instantAt(this.moment);
    const body = { id, type, exchange: this.exchange, occurredAt, data: { ...this.#envelope(agency), ...data } };
    this.entries.push({ agency: agency.id, body });
    return id;
  }

  /** The person concerned, as this agency names it. */
  concerning(agency: SimulatedAgency): JsonObject {
    const { person, random } = this;
    return {
      subject: pseudonym('person', person, agency.id),
      subjectCategory: random.happens(usual.statedMissing) ? { missing: 'unknown' } : person.subjectCategory,
      ageBand: isMinor(person) && random.happens(broken.ageBandMissing) ? { missing: 'not-given' } : person.ageBand,
    };
  }

  /** Who acted, where the law wants it known: LED 25(1). */
  actor(): JsonObject {
    return this.random.happens(broken.actorMissing) ? { actor: { missing: 'not-given' } } : {};
  }

  /** Why, where the law wants it known: LED 25(1). */
  justified(sentences: readonly string[]): JsonObject {
    const { random } = this;
    return {
      justification: random.happens(broken.unjustified) ? { missing: 'not-given' } : random.pick(sentences),
    };
  }

  staffOf({ id, staff }: SimulatedAgency): string {
    return `staff-${id.split('.')[0]}-${this.random.whole(1, staff)}`;
  }

  #envelope(agency: SimulatedAgency): JsonObject {
    const { random, person } = this;
    return {
      regime: agency.regime,
      pack: agency.pack,
      unit: random.pick(agency.units),
      actor: this.staffOf(agency),
      actorFunction: agency.functions.at(-1) ?? { missing: 'not-given' },
      case: random.happens(usual.statedMissing) ? { missing: 'follows' } : pseudonym('case', person, agency.id),
      activity: agency.activity,
      agreement,
      ...this.#lateness(),
    };
  }

  /** All of it is recorded long after it occurred, since the year is over when it is simulated. */
  #lateness(): JsonObject {
    const { random } = this;
    if (random.happens(broken.lateWithoutReason)) return {};
    const { lateParticular, lateUsual } = wording;
    return { lateReason: random.pick(random.happens(lateInParticular) ? lateParticular : lateUsual) };
  }
}
