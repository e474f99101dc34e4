import { entryTypes } from '#catalogue';
import { instantAt } from '#kernel';
import type { Random } from '../support/random.js';

/** One request body. It is sent again byte for byte, to whichever ledger. */
export interface Submission {
  readonly by: string;
  readonly ids: readonly string[];
  readonly text: string;
  readonly isBatch: boolean;
  /** the exchange that its first entry opens */
  readonly opens?: string;
}

/** How often a submission has more than one entry, and how many more at most. */
export interface Batches {
  readonly chance: number;
  readonly most: number;
}

export const operator = 'operator.example';
export const police = 'police.example';
const youthOffice = 'youth-office.example';
export const agencies = [police, youthOffice, 'clinic.example'] as const;

/** What either side may record in an exchange that the police opened with the youth office. */
const followUps: Readonly<Record<string, readonly [string, ...string[]]>> = {
  [police]: ['ProcessingOperationLogged', 'FeedbackGiven', 'DisclosureReceived'],
  [youthOffice]: ['RequestAcknowledged', 'RequestDecided', 'InformationDisclosed'],
};

const day = 86_400_000;

/** Makes up what agencies and the operator of a ledger record. */
export class Submissions {
  readonly #random: Random;
  readonly #batches: Batches;
  readonly #exchanges: string[] = [];

  constructor(random: Random, batches: Batches) {
    this.#random = random;
    this.#batches = batches;
  }

  /** The one with which everything begins: the agencies are admitted. */
  admissions(): Submission {
    return submission(
      operator,
      agencies.map((agency) => this.#admission(agency)),
    );
  }

  /** @param chance from 0 to 1: below a quarter the operator admits somebody, else an agency records */
  fresh(chance: number): Submission {
    const random = this.#random;
    if (chance < 0.25) return submission(operator, [this.#admission(`late-${random.uuid()}.example`)]);
    const exchange = this.#exchanges[random.between(0, Math.min(this.#exchanges.length, 200))];
    if (exchange === undefined) {
      const opened = random.uuid();
      const request = this.#entry('InformationRequested', { addressee: youthOffice }, opened);
      return { ...submission(police, [request, ...this.#more(police, opened)]), opens: opened };
    }
    const by = random.pick(agencies);
    return submission(by, [this.#some(by, exchange), ...this.#more(by, exchange)]);
  }

  /** Both sides may go on with an exchange once its opening is acknowledged. */
  acknowledged({ opens }: Submission): void {
    if (opens !== undefined) this.#exchanges.push(opens);
  }

  /** none, or the rest of a batch */
  #more(by: string, exchange: string): object[] {
    const { chance, most } = this.#batches;
    const length = this.#random.chance(chance) ? this.#random.between(1, most) : 0;
    return Array.from({ length }, () => this.#some(by, exchange));
  }

  #some(by: string, exchange: string): object {
    const types = followUps[by];
    if (types === undefined) return this.#entry('ProcessingOperationLogged', {});
    return this.#entry(this.#random.pick(types), {}, exchange);
  }

  #admission(agency: string): object {
    return this.#entry('AgencyAdmitted', { agency });
  }

  /** It happened yesterday, so that no ledger's clock takes it for tomorrow. */
  #entry(type: string, data: object, exchange?: string): object {
    const example = entryTypes.get(type)?.example;
    const occurredAt = instantAt(Math.floor(performance.timeOrigin + performance.now()) - day);
    return { id: this.#random.uuid(), type, exchange, occurredAt, data: { ...example?.data, ...data } };
  }
}

function submission(by: string, entries: readonly object[]): Submission {
  const isBatch = entries.length > 1;
  const text = isBatch ? entries.map((entry) => `${JSON.stringify(entry)}\n`).join('') : JSON.stringify(entries[0]);
  return { by, ids: entries.map((entry) => (entry as { id: string }).id), text, isBatch };
}
