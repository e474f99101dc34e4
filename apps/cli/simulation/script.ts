import { entryTypes, fieldsOf, type EntryBody } from '#catalogue';
import { instantAt, ledgerIssuer, type AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { day, inOfficeHours, hour } from './calendar.js';
import { broken, usual } from './calibration.js';
import type { Intent } from './intent.js';
import { isMinor, pseudonym, type Person } from './person.js';
import type { Random } from './random.js';
import type { SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

/** An entry and who records it: an agency, or for the ledger its operator. */
export interface SimulatedEntry {
  readonly agency: AgencyId;
  readonly body: EntryBody;
  readonly by?: 'operator';
}

/** The agreement under which the network shares. */
export const agreement = 'netzwerk-ausstieg-musterstadt@3';
const lateInParticular = 0.12;
/** After so long nothing that is owed can still be done in time, except where a day is set for it. */
const patience = 75 * day;

/** One exchange about one person while it is written: its entries so far, and what in them is wrong on purpose. */
export class Script {
  readonly #entries: SimulatedEntry[] = [];
  readonly #intents: Intent[] = [];
  /** who recorded what others do not know of */
  readonly #hidden = new Map<string, AgencyId>();
  #exchange: string;

  constructor(
    readonly random: Random,
    readonly person: Person,
    /** milliseconds since 1970 */
    public moment: number,
    /** when the simulation ends: milliseconds since 1970 */
    readonly until: number,
    /** nothing goes wrong by chance */
    private readonly isCareful = false,
  ) {
    this.#exchange = random.uuidAt(moment);
  }

  /** Its entries, as they happened. */
  get entries(): readonly SimulatedEntry[] {
    return this.#entries.toSorted(({ body: one }, { body: other }) =>
      one.occurredAt < other.occurredAt ? -1 : Number(one.occurredAt > other.occurredAt),
    );
  }

  get intents(): readonly Intent[] {
    return this.#intents;
  }

  get exchange(): string {
    return this.#exchange;
  }

  /** What follows is told in another exchange about the same person. */
  beginAnother(): void {
    this.#exchange = this.random.uuidAt(this.moment);
  }

  /** Lets time go by until this agency acts. */
  pass(agency: SimulatedAgency, leastHours: number, mostHours: number): void {
    this.moment += Math.floor(this.random.between(leastHours, mostHours) * hour);
    if (!agency.alwaysOpen) this.moment = inOfficeHours(this.moment, this.random);
  }

  /** Tells what happens beside the story: its time does not go on. */
  aside<T>(tell: () => T): T {
    const { moment } = this;
    const told = tell();
    this.moment = moment;
    return told;
  }

  /**
   * The agency records, now, what happened now.
   *
   * @returns the id of the entry
   */
  record(agency: SimulatedAgency, type: string, data: JsonObject): string {
    const id = this.random.uuidAt(this.moment);
    const occurredAt = instantAt(this.moment);
    const isAlone = entryTypes.get(type)?.exchange === 'none';
    const exchange = isAlone ? {} : { exchange: this.exchange };
    const lateness = this.#lateness();
    // Some types say nothing of a person or of who acted.
    const said = Object.entries({ ...this.#envelope(agency), ...lateness }).filter(([name]) => takes(type, name));
    const body = { id, type, ...exchange, occurredAt, data: { ...Object.fromEntries(said), ...data } };
    this.#entries.push({ agency: agency.id, body });
    const { visibility = 'open' } = data;
    if (visibility !== 'open' || type === 'SealedEntryRecorded') this.#hidden.set(id, agency.id);
    if (takes(type, 'lateReason') && !('lateReason' in body.data)) this.intend('LOG-03', agency, id);
    return id;
  }

  /** The operator of the ledger records something about an agency, which then answers for it. */
  operate(type: string, data: JsonObject): string {
    const id = this.random.uuidAt(this.moment);
    const body = { id, type, occurredAt: instantAt(this.moment), data };
    this.#entries.push({ agency: ledgerIssuer, body, by: 'operator' });
    return id;
  }

  /**
   * Says what is wrong on purpose. Whoever leaves something out or does it badly says here which rules that breaks.
   *
   * @param agency whose duty it was
   * @param entry the entry that shows it
   * @param part which part of it, where several could be meant: a pointer, a recipient or a code
   */
  intend(rule: string, { id }: Pick<SimulatedAgency, 'id'>, entry: string, part: string | null = null): void {
    // What others do not know of, they owe nothing for.
    const hiddenBy = this.#hidden.get(entry);
    if (hiddenBy === undefined || hiddenBy === id) this.#intents.push({ rule, agency: id, entry, part });
  }

  /** Whether an entry exists for whoever recorded it only. */
  isHidden(entry: string): boolean {
    return this.#hidden.has(entry);
  }

  /** Whether something goes wrong by chance. Never in a careful story. */
  errs(share: number): boolean {
    return this.random.happens(share) && !this.isCareful;
  }

  /** Whether something due is left out for good. Never near the end, where it would only not have been done yet. */
  leavesOut(share: number): boolean {
    return this.errs(share) && this.isLongBeforeTheEnd;
  }

  /** Whether whatever is owed from now on is over when the simulation ends. */
  get isLongBeforeTheEnd(): boolean {
    return this.moment + patience < this.until;
  }

  /** The person concerned, as this agency names it. */
  concerning(agency: SimulatedAgency): JsonObject {
    const { person, random } = this;
    return {
      subject: pseudonym('person', person, agency.id),
      subjectCategory: random.happens(usual.statedMissing) ? { missing: 'unknown' } : person.subjectCategory,
      ageBand: isMinor(person) && this.errs(broken.ageBandMissing) ? { missing: 'not-given' } : person.ageBand,
    };
  }

  /** Who acted, where the law wants it known: LED 25(1). Where it is missing, whoever records it says so. */
  actor(): JsonObject {
    return this.errs(broken.actorMissing) ? { actor: { missing: 'not-given' } } : {};
  }

  /** Why, where the law wants it known: LED 25(1). Where it is missing, whoever records it says so. */
  justified(sentences: readonly string[]): JsonObject {
    const { random } = this;
    return {
      justification: this.errs(broken.unjustified) ? { missing: 'not-given' } : random.pick(sentences),
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
    };
  }

  /** All of it is recorded long after it occurred, since the year is over when it is simulated. */
  #lateness(): JsonObject {
    const { random } = this;
    // What happened in the last days is hardly late.
    if (this.errs(broken.lateWithoutReason) && this.moment + 3 * day < this.until) return {};
    const { lateParticular, lateUsual } = wording;
    return { lateReason: random.pick(random.happens(lateInParticular) ? lateParticular : lateUsual) };
  }
}

function takes(type: string, field: string): boolean {
  const known = entryTypes.get(type);
  return known !== undefined && fieldsOf(known.data).has(field);
}

/** Whether a field is said to be missing. */
export const isLacking = (data: JsonObject, name: string): boolean => {
  const value = data[name];
  return value === undefined || (typeof value === 'object' && value !== null && 'missing' in value);
};
