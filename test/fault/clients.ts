import { setTimeout as sleep } from 'node:timers/promises';
import { logNames, type LogName } from '#kernel';
import { parseTlogProof } from '#transparency';
import type { Acknowledged, History } from '../support/check-ledger.js';
import type { Random } from '../support/random.js';
import { police, Submissions, type Batches, type Submission } from './submissions.js';

interface Answer extends Acknowledged {
  readonly proof?: string;
}

/** What a sending came to: told that it is kept, told that it may not be, told nothing. */
export type Outcome = 'ok' | 'fail' | 'unknown';

export interface ClientsOptions {
  readonly random: Random;
  /** bearer tokens by name: the operator and the agencies */
  readonly tokens: ReadonlyMap<string, string>;
  readonly batches: Batches;
  /** how many acknowledged submissions are sent again to each ledger, whenever nothing is open any more */
  readonly repeats: number;
  /** milliseconds between two steps of a client; undefined: none */
  readonly thinking?: { readonly least: number; readonly most: number };
  /** whether a ledger may say 503, because something it needs is away */
  readonly mayBeAway: boolean;
}

const answerPatience = 5_000;
/** Milliseconds in which ledgers that are well have answered everything. */
const resolvingPatience = 30_000;
const resolvingSeats = 8;
/** With so many submissions open, clients send those again instead of saying something new. */
const mostOpen = 40;

/**
 * Clients of one ledger over all its lives, or of several. They send to any of them, send again to any what they got no
 * answer to, and complain when they are told otherwise than before.
 */
export class Clients {
  /** addresses of the ledgers; any of them is as good as another */
  urls: readonly string[] = [];
  readonly findings: string[] = [];
  readonly outcomes: Record<Outcome, number> = { ok: 0, fail: 0, unknown: 0 };
  readonly #options: ClientsOptions;
  readonly #submissions: Submissions;
  readonly #acknowledged = new Map<string, Acknowledged>();
  readonly #checkpoints: Readonly<Record<LogName, Set<string>>> = { entries: new Set(), registry: new Set() };
  readonly #done: Submission[] = [];
  readonly #open = new Set<Submission>();
  readonly #sent = new Set<string>();

  constructor(options: ClientsOptions) {
    this.#options = options;
    this.#submissions = new Submissions(options.random, options.batches);
  }

  get history(): History {
    return {
      acknowledged: [...this.#acknowledged.values()],
      checkpoints: { entries: [...this.#checkpoints.entries], registry: [...this.#checkpoints.registry] },
    };
  }

  /** every id that was ever sent */
  get sent(): ReadonlySet<string> {
    return this.#sent;
  }

  /** submissions whose outcome nobody knows */
  get unknown(): number {
    return this.#open.size;
  }

  /** Has the agencies admitted, and everything answered that still is open. To be called at each start of a ledger. */
  async introduce(): Promise<void> {
    if (this.#sent.size === 0) this.#invoke(this.#submissions.admissions());
    await this.resolve(resolvingPatience);
  }

  /**
   * Sends again everything whose outcome is open until it is known, and some of what was acknowledged to every ledger.
   *
   * @throws Error when that takes longer than so many milliseconds
   */
  async resolve(patience: number): Promise<void> {
    const end = performance.now() + patience;
    while (this.#open.size > 0) {
      if (performance.now() > end) throw new Error(`${this.#open.size} submissions still get no answer`);
      const left = Array.from(this.#open);
      const seat = async (): Promise<void> => {
        for (let next = left.shift(); next; next = left.shift()) await this.#send(next);
      };
      await Promise.all(Array.from({ length: resolvingSeats }, seat));
      if (this.#open.size > 0) await sleep(100);
    }
    const [first, ...others] = this.#done;
    if (first === undefined) return;
    const { random, repeats } = this.#options;
    for (const url of this.urls) {
      for (let i = 0; i < repeats; i++) await this.#send(random.pick([first, ...others]), { url });
    }
  }

  /** Works until the signal aborts: as many at once as there are seats, and one who fetches checkpoints. */
  async work(seats: number, signal: AbortSignal): Promise<void> {
    const { random, thinking } = this.#options;
    const seat = async (): Promise<void> => {
      while (!signal.aborted) {
        await this.#act();
        if (thinking) await sleep(random.between(thinking.least, thinking.most));
      }
    };
    const watch = async (): Promise<void> => {
      while (!signal.aborted) {
        for (const log of logNames) await this.#fetchCheckpoint(log);
        if (thinking) await sleep(thinking.most);
      }
    };
    await Promise.all([...Array.from({ length: seats }, seat), watch()]);
  }

  /** Records so many entries, one after the other. @returns their ids. @throws Error when one gets no answer */
  async record(count: number): Promise<readonly string[]> {
    const submissions = Array.from({ length: count }, () => this.#fresh(0.5));
    await this.resolve(resolvingPatience);
    return submissions.flatMap(({ ids }) => ids);
  }

  /** Sends one new entry to each of two ledgers at once, and says what either came to. */
  async sendToBoth(urls: readonly [string, string]): Promise<readonly [Outcome, Outcome]> {
    const submission = this.#fresh(0.5);
    const [one, other] = urls;
    return Promise.all([this.#send(submission, { url: one }), this.#send(submission, { url: other })]);
  }

  /** Sends one new entry to one ledger. Not being answered leaves it open, for {@link resolve}. */
  async sendTo(url: string): Promise<Outcome> {
    return this.#send(this.#fresh(0.5), { url });
  }

  /** The C2SP keys under which a ledger presents itself. */
  async keys(url: string): Promise<Readonly<Record<LogName | 'receipt', string>>> {
    const headers = { authorization: `Bearer ${this.#options.tokens.get(police)}` };
    const response = await fetch(`${url}/v1/logs`, { headers, signal: AbortSignal.timeout(answerPatience) });
    const { logs } = (await response.json()) as { logs: { name: LogName; verifierKey: string; receiptKey: string }[] };
    const keyOf = (log: LogName): string => logs.find(({ name }) => name === log)?.verifierKey ?? '';
    return { entries: keyOf('entries'), registry: keyOf('registry'), receipt: logs[0]?.receiptKey ?? '' };
  }

  #fresh(chance: number): Submission {
    const submission = this.#submissions.fresh(chance);
    this.#invoke(submission);
    return submission;
  }

  #invoke(submission: Submission): void {
    this.#open.add(submission);
    for (const id of submission.ids) this.#sent.add(id);
  }

  /** One step of a client: mostly something new; at times it repeats itself, or says the same twice at once. */
  async #act(): Promise<void> {
    const { random } = this.#options;
    const chance = random.next();
    const [repeated] = this.#open;
    if (chance < 0.1 && this.#done.length > 0) {
      await this.#send(random.pick(this.#done as [Submission, ...Submission[]]));
    } else if (repeated && (chance < 0.2 || this.#open.size > mostOpen)) {
      await this.#send(random.pick([repeated, ...this.#open]));
    } else {
      const submission = this.#fresh(chance);
      const again = chance > 0.85 ? [this.#send(submission)] : [];
      await Promise.all([...again, this.#send(submission, { isPatient: chance > 0.8 })]);
    }
  }

  async #send(submission: Submission, { url = this.#anyUrl(), isPatient = false } = {}): Promise<Outcome> {
    const wasKnown = submission.ids.every((id) => this.#acknowledged.has(id));
    const outcome = await this.#exchange(submission, url, isPatient, wasKnown);
    this.outcomes[outcome] += 1;
    return outcome;
  }

  async #exchange(submission: Submission, url: string, isPatient: boolean, wasKnown: boolean): Promise<Outcome> {
    const { by, text, isBatch } = submission;
    let status: number;
    let body: string;
    try {
      const response = await fetch(`${url}/v1/entries`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.#options.tokens.get(by)}`,
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
      return 'unknown';
    }
    if (status === 503 && this.#options.mayBeAway) return 'fail';
    if (status !== 200 && status !== 201) {
      this.#find(submission, `was answered ${status}: ${body}`);
      this.#open.delete(submission);
      return 'fail';
    }
    if (wasKnown && status !== 200) this.#find(submission, 'was recorded a second time');
    this.#learn(submission, body);
    return 'ok';
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
    this.#submissions.acknowledged(submission);
  }

  async #fetchCheckpoint(log: LogName): Promise<void> {
    try {
      const response = await fetch(`${this.#anyUrl()}/v1/logs/${log}/checkpoint`, {
        headers: { authorization: `Bearer ${this.#options.tokens.get(police)}` },
        signal: AbortSignal.timeout(answerPatience),
      });
      const text = await response.text();
      if (response.ok) this.#checkpoints[log].add(text);
      else this.findings.push(`the checkpoint of ${log} was answered ${response.status}: ${text}`);
    } catch {
      // Nobody was told anything.
    }
  }

  #anyUrl(): string {
    return this.#options.random.pick(this.urls as readonly [string, ...string[]]);
  }

  #find({ by, ids }: Submission, what: string): void {
    this.findings.push(`a submission of ${by} (first id ${ids[0]}) ${what}`);
  }
}
