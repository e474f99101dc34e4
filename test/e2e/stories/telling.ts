import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entryTypes, fieldsOf } from '#catalogue';
import type { BlockName, JsonObject, JsonValue } from '#statement';
import { verifyTrail, type TrailReport } from '#trail';
import { forged, unpack, type TrailFiles } from '../../../libs/trail/testing/repack.js';
import type { Answer, Caller } from '../../support/caller.js';
import { RunningLedger, type Capacity } from '../../support/running-ledger.js';
import { readableIn } from '../readable-in.js';
import { entryLike } from '../sample-entries.js';
import { contentOf, ordered, savedIn } from '../trails.js';

/** A body of the network, and the law it works under. */
export interface Body {
  readonly agency: string;
  readonly kind: string;
  readonly regime: 'GDPR' | 'LED' | 'NATSEC';
  readonly pack: string;
}

const body = (agency: string, kind: string, regime: Body['regime'], pack: string): Body => ({
  agency: `${agency}.example`,
  kind,
  regime,
  pack,
});

export const police = body('police', 'police', 'LED', 'DE-NW');
export const federalPolice = body('federal-police', 'police', 'LED', 'DE-BDSG3');
export const youthOffice = body('youth-office', 'youth-welfare', 'GDPR', 'DE-SGB');
export const school = body('school', 'school', 'GDPR', 'EU-GDPR');
export const clinic = body('clinic', 'health', 'GDPR', 'EU-GDPR');
export const exitProgramme = body('exit-programme', 'exit-programme', 'GDPR', 'EU-GDPR');
export const prison = body('prison', 'prison', 'LED', 'EU-LED');
export const probation = body('probation', 'probation', 'LED', 'EU-LED');
export const service = body('domestic-intelligence', 'domestic-intelligence', 'NATSEC', 'DE-NATSEC');

/** What an entry says beside the catalogue's example, or instead of it; undefined takes a field of the example away. */
export type Said = Readonly<Record<string, JsonValue | undefined>>;
export const notGiven = { missing: 'not-given' };

export interface ShownRow {
  readonly entry: string | null;
  readonly agency: string;
  readonly cells: Readonly<Record<string, JsonValue>>;
}

export interface ShownRule {
  readonly id: string;
  readonly sources: readonly string[];
  readonly compliant: Readonly<Record<'de' | 'en', string>>;
}

/** What somebody sees of an entry, or that it does not exist for them. */
export interface Looked {
  readonly status: number;
  readonly opened: readonly BlockName[];
  readonly data: JsonObject;
}

export interface Handed {
  readonly report: TrailReport;
  readonly documents: ReadonlyMap<string, string>;
  /** everything that can be read in it, opened blocks too */
  readonly text: string;
}

const operator = 'host.example';
/** What the examples say of other examples: a story has its own. */
const apart: Said = { agreement: undefined, activity: undefined, causedBy: undefined };

/** A network that records what happens to it, through HTTP alone, at the hours the story tells. */
export class Telling {
  private constructor(
    readonly running: RunningLedger,
    private readonly bodies: ReadonlyMap<string, Body>,
    private readonly folder: string,
  ) {}

  static async begin(...bodies: readonly Body[]): Promise<Telling> {
    const running = await RunningLedger.start();
    const folder = mkdtempSync(join(tmpdir(), 'story-'));
    const told = new Telling(running, new Map(bodies.map((one) => [one.agency, one])), folder);
    for (const { agency, kind, regime, pack } of bodies)
      await told.record(operator, 'AgencyAdmitted', { agency, name: agency, kind, regime, pack });
    return told;
  }

  async end(): Promise<void> {
    await this.running.remove();
    rmSync(this.folder, { recursive: true });
  }

  as(role: 'agency' | 'dpo' | 'operator' | 'regulator', who: Body | string, capacity?: Capacity): Promise<Caller> {
    return this.running.as(role, typeof who === 'string' ? who : who.agency, capacity);
  }

  supervisorOf(...bodies: readonly Body[]): Promise<Caller> {
    return this.as('regulator', 'dpa.example', { competentFor: bodies.map(({ agency }) => agency) });
  }

  /** Goes on to a moment of the story: `2027-01-01T00:00:00.000Z`. */
  goOnTo(moment: string): void {
    const ahead = Date.parse(moment) - Date.parse(this.now);
    if (ahead < 0) throw new RangeError(`the story is past ${moment}`);
    this.running.clock.tick(ahead);
  }

  get now(): string {
    return this.running.clock.now();
  }

  /** Records what happens now. @returns the id of the entry */
  async record(
    by: Body | string,
    type: string,
    said: Said = {},
    exchange?: string,
    occurredAt = this.now,
  ): Promise<string> {
    const known = typeof by === 'string' ? this.bodies.get(by) : by;
    const definition = entryTypes.get(type);
    const namesLaw =
      definition !== undefined && fieldsOf(definition.data).has('regime') && definition.log === 'entries';
    const law = known && namesLaw ? { regime: known.regime, pack: known.pack } : {};
    const entry = entryLike(type, { occurredAt, ...(exchange !== undefined && { exchange }) });
    const data = Object.entries({ ...entry.data, ...apart, ...law, ...said }).filter(
      ([, value]) => value !== undefined,
    );
    const role = definition?.recordedBy;
    if (role === 'ledger' || role === undefined) throw new RangeError(`nobody sends ${type}`);
    const { status, text } = await (await this.as(role, by)).record({ ...entry, data: Object.fromEntries(data) });
    if (status !== 201) throw new Error(`${type} was not recorded: ${text}`);
    return entry.id;
  }

  /** What a body's data protection officer finds in a view, or what somebody else does. */
  async view(who: Body | Caller, path: string): Promise<readonly ShownRow[]> {
    const by = 'agency' in who ? await this.as('dpo', who) : who;
    const { status, text } = await by.get(`/v1/views/${path}`);
    if (status !== 200) throw new Error(`${path}: ${text}`);
    return (JSON.parse(text) as { readonly rows: readonly ShownRow[] }).rows;
  }

  /** The check notes that a body's data protection officer has, once the ledger has looked. */
  async notes(who: Body, query = ''): Promise<readonly ShownRow['cells'][]> {
    await this.running.raiseCheckNotes();
    return (await this.view(who, `check-notes?limit=1000&${query}`)).map(({ cells }) => cells);
  }

  async rulesNotedOf(who: Body, about: string): Promise<readonly string[]> {
    return (await this.notes(who, `about=${about}`)).map(({ rule }) => textOf(rule));
  }

  /** What a check note rests on, as anybody in the network can look it up. */
  async rule(id: string): Promise<ShownRule> {
    const [anybody = operator] = this.bodies.keys();
    const { rules } = (await (await this.as('dpo', anybody)).get('/v1/rules')).json<{ rules: readonly ShownRule[] }>();
    const found = rules.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no rule ${id}`);
    return found;
  }

  async look(by: Caller, id: string, purpose = 'lawfulness-check'): Promise<Looked> {
    const answer = await by.get(`/v1/entries/${id}`, { 'Access-Purpose': purpose });
    const { opened = [], data } = answer.json<{ opened?: BlockName[]; data?: { data: JsonObject } }>();
    return { status: answer.status, opened, data: data?.data ?? {} };
  }

  /** Orders an export, fetches it, and checks it offline, as its recipient would. */
  async handed(by: Caller, order: object, purpose: string, forge?: (files: TrailFiles) => void): Promise<Handed> {
    const path = await ordered(by, order, { 'Access-Purpose': purpose }, '/v1/exports');
    const { bytes } = await contentOf(by, path);
    const sent = forge ? await forged(bytes, forge) : bytes;
    const logKey = this.running.ledger.integrators.entries.verifierKey;
    const report = await verifyTrail(savedIn(this.folder, sent), { logKey });
    const files = await unpack(sent);
    const documents = new Map(
      [...files].flatMap(([name, content]) => {
        const [, document] = /^data\/documents\/(.+)\.txt$/.exec(name) ?? [];
        return document === undefined ? [] : [[document, content.toString()] as const];
      }),
    );
    // What forms and rules there are is the same in every bundle.
    const own = new Map([...files].filter(([name]) => name !== 'data/documents/versions.json'));
    return { report, documents, text: readableIn(own) };
  }
}

/** A cell of text; empty where there is none. */
export const textOf = (cell: JsonValue | undefined): string => (typeof cell === 'string' ? cell : '');

/** The code in a cell that shows a code with its label; the codes of one that shows several. */
export const codeOf = (cell: JsonValue | undefined): JsonValue =>
  Array.isArray(cell) ? cell.map(codeOf) : ((cell as { readonly code?: JsonValue } | null)?.code ?? null);

/** All of an answer but what differs from answer to answer. */
export const comparable = ({ status, headers: { date: _, 'x-request-id': __, ...headers }, text }: Answer) => ({
  status,
  headers,
  text,
});
