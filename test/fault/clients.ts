import { entryTypes } from '#catalogue';
import { instantAt, logNames, type LogName } from '#kernel';
import { parseTlogProof } from '#transparency';
import type { Acknowledged, History } from '../support/check-ledger.js';
import { tokenFor } from '../support/ledger-process.js';
import type { Random } from '../support/random.js';

/** One request body and what became of it. It is sent again byte for byte. */
interface Submission {
  readonly by: string;
  readonly ids: readonly string[];
  readonly text: string;
  readonly isBatch: boolean;
  /** the exchange that its first entry opens */
  readonly opens?: string;
}

interface Answer extends Acknowledged {
  readonly proof?: string;
}

const operator = 'operator.example';
const police = 'police.example';
const youthOffice = 'youth-office.example';
const agencies = [police, youthOffice, 'clinic.example'] as const;

/** What either side may record in an exchange that the police opened with the youth office. */
const followUps: Readonly<Record<string, readonly [string, ...string[]]>> = {
  [police]: ['ProcessingOperationLogged', 'FeedbackGiven', 'DisclosureReceived'],
  [youthOffice]: ['RequestAcknowledged', 'RequestDecided', 'InformationDisclosed'],
};

const answerPatience = 5_000;

/**
 * Clients of one ledger over all its lives. They remember what they were told and complain when they are told
 * otherwise; what they were not told stays open until somebody sends it again.
 */
export class Clients {
  readonly findings: string[] = [];
  readonly #random: Random;
  readonly #tokens = new Map<string, string>();
  readonly #acknowledged = new Map<string, Acknowledged>();
  readonly #checkpoints: Readonly<Record<LogName, Set<string>>> = { entries: new Set(), registry: new Set() };
  readonly #done: Submission[] = [];
  readonly #open = new Set<Submission>();
  readonly #exchanges: string[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  get history(): History {
    return {
      acknowledged: [...this.#acknowledged.values()],
      checkpoints: { entries: [...this.#checkpoints.entries], registry: [...this.#checkpoints.registry] },
    };
  }

  /** submissions whose outcome nobody knows */
  get unknown(): number {
    return this.#open.size;
  }

  /** Gets tokens and has the agencies admitted. Until that is acknowledged, it is tried again at each start. */
  async introduce(url: string, data: string): Promise<void> {
    if (this.#tokens.size === 0) {
      this.#tokens.set(operator, await tokenFor(data, 'operator', operator));
      for (const agency of agencies) this.#tokens.set(agency, await tokenFor(data, 'agency', agency));
      this.#open.add(
        this.#submission(
          operator,
          agencies.map((agency) => this.#admission(agency)),
        ),
      );
    }
    await this.retry(url);
  }

  /** Sends again everything whose outcome is open, and some of what was acknowledged. */
  async retry(url: string): Promise<void> {
    for (const submission of Array.from(this.#open)) await this.#send(url, submission);
    for (let i = 0; i < 15 && this.#done.length > 0; i++) {
      await this.#send(url, this.#random.pick(this.#done as [Submission, ...Submission[]]));
    }
  }

  /** Works until the signal aborts: as many at once as there are seats, and one who fetches checkpoints. */
  async work(url: string, seats: number, signal: AbortSignal): Promise<void> {
    const seat = async (): Promise<void> => {
      while (!signal.aborted) await this.#act(url);
    };
    const watch = async (): Promise<void> => {
      while (!signal.aborted) for (const log of logNames) await this.#fetchCheckpoint(url, log);
    };
    await Promise.all([...Array.from({ length: seats }, seat), watch()]);
  }

  /** One step of a client: mostly something new; at times it repeats itself, or says the same twice at once. */
  async #act(url: string): Promise<void> {
    const chance = this.#random.next();
    const [repeated] = this.#open;
    if (chance < 0.1 && this.#done.length > 0) {
      return this.#send(url, this.#random.pick(this.#done as [Submission, ...Submission[]]));
    }
    if (chance < 0.15 && repeated) return this.#send(url, repeated);
    const submission = this.#fresh(chance);
    this.#open.add(submission);
    if (chance > 0.9) await Promise.all([this.#send(url, submission), this.#send(url, submission)]);
    else await this.#send(url, submission, chance > 0.8);
  }

  #fresh(chance: number): Submission {
    if (chance < 0.18) return this.#submission(operator, [this.#admission(`late-${this.#random.uuid()}.example`)]);
    const exchange = this.#exchanges[this.#random.between(0, this.#exchanges.length)];
    if (exchange === undefined) {
      const opened = this.#random.uuid();
      const request = this.#entry('InformationRequested', { addressee: youthOffice }, opened);
      return { ...this.#submission(police, [request, ...this.#entries(police, opened)]), opens: opened };
    }
    const by = this.#random.pick(agencies);
    return this.#submission(by, [this.#some(by, exchange), ...this.#entries(by, exchange)]);
  }

  /** none, or a batch of up to 40 */
  #entries(by: string, exchange: string): object[] {
    const length = this.#random.chance(0.3) ? this.#random.between(1, 40) : 0;
    return Array.from({ length }, () => this.#some(by, exchange));
  }

  #some(by: string, exchange: string): object {
    const types = followUps[by];
    if (types === undefined) return this.#entry('ProcessingOperationLogged', {});
    return this.#entry(this.#random.pick(types), {}, exchange);
  }

  #admission = (agency: string): object => this.#entry('AgencyAdmitted', { agency });

  #entry(type: string, data: object, exchange?: string): object {
    const example = entryTypes.get(type)?.example;
    const occurredAt = instantAt(Math.floor(performance.timeOrigin + performance.now()));
    return { id: this.#random.uuid(), type, exchange, occurredAt, data: { ...example?.data, ...data } };
  }

  #submission(by: string, entries: readonly object[]): Submission {
    const isBatch = entries.length > 1;
    const text = isBatch ? entries.map((entry) => `${JSON.stringify(entry)}\n`).join('') : JSON.stringify(entries[0]);
    return { by, ids: entries.map((entry) => (entry as { id: string }).id), text, isBatch };
  }

  async #send(url: string, submission: Submission, isPatient = false): Promise<void> {
    const { by, text, isBatch } = submission;
    const wasKnown = submission.ids.every((id) => this.#acknowledged.has(id));
    let status: number;
    let body: string;
    try {
      const response = await fetch(`${url}/v1/entries`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.#tokens.get(by)}`,
          'content-type': isBatch ? 'application/x-ndjson' : 'application/json',
          ...(isPatient && { prefer: 'wait=1' }),
        },
        body: text,
        signal: AbortSignal.timeout(answerPatience),
      });
      status = response.status;
      body = await response.text();
    } catch {
      // The ledger is gone, or the answer is: the outcome stays unknown.
      return;
    }
    if (status !== 200 && status !== 201) return this.#find(submission, `was answered ${status}: ${body}`);
    if (wasKnown && status !== 200) this.#find(submission, 'was recorded a second time');
    this.#learn(submission, body);
  }

  #learn(submission: Submission, body: string): void {
    const parsed = JSON.parse(body) as { entries: Answer[] } | Answer;
    const answers = 'entries' in parsed ? parsed.entries : [parsed];
    if (answers.map(({ id }) => id).join() !== submission.ids.join()) {
      this.#find(submission, 'was answered for other entries');
    }
    for (const { proof, ...answer } of answers) {
      const before = this.#acknowledged.get(answer.id);
      if (before && JSON.stringify(before) !== JSON.stringify(answer)) {
        this.#find(submission, `${JSON.stringify(answer)} instead of the first answer ${JSON.stringify(before)}`);
      }
      this.#acknowledged.set(answer.id, before ?? answer);
      if (proof !== undefined) this.#checkpoints[answer.log].add(parseTlogProof(proof).checkpoint);
    }
    if (!this.#open.delete(submission)) return;
    this.#done.push(submission);
    if (submission.opens !== undefined) this.#exchanges.push(submission.opens);
  }

  async #fetchCheckpoint(url: string, log: LogName): Promise<void> {
    try {
      const headers = { authorization: `Bearer ${this.#tokens.get(police)}` };
      const response = await fetch(`${url}/v1/logs/${log}/checkpoint`, {
        headers,
        signal: AbortSignal.timeout(answerPatience),
      });
      const text = await response.text();
      if (response.ok) this.#checkpoints[log].add(text);
      else this.findings.push(`the checkpoint of ${log} was answered ${response.status}: ${text}`);
    } catch {
      // Nobody was told anything.
    }
  }

  /** The C2SP keys under which the ledger presents itself. */
  async keys(url: string): Promise<Readonly<Record<LogName | 'receipt', string>>> {
    const headers = { authorization: `Bearer ${this.#tokens.get(police)}` };
    const response = await fetch(`${url}/v1/logs`, { headers });
    const { logs } = (await response.json()) as { logs: { name: LogName; verifierKey: string; receiptKey: string }[] };
    const keyOf = (log: LogName): string => logs.find(({ name }) => name === log)?.verifierKey ?? '';
    return { entries: keyOf('entries'), registry: keyOf('registry'), receipt: logs[0]?.receiptKey ?? '' };
  }

  #find({ by, ids }: Submission, what: string): void {
    this.findings.push(`a submission of ${by} (first id ${ids[0]}) ${what}`);
  }
}
