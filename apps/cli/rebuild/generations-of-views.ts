import { everyProjection as ours, type Views, type ViewsDatabase } from '#compliance';
import {
  compareGenerations,
  createGeneration,
  dropGeneration,
  GenerationRefused,
  isBuiltBy,
  listGenerations,
  openPostgresViews,
  rollback,
  switchTo,
  takeUp,
  type Comparison,
  type Generation,
} from '#compliance/postgres';
import { topics } from '#messaging';
import type { Config } from '#platform';
import { WrongUse } from '../wrong-use.js';

/** How far one projection of a generation is. */
export interface ProjectionProgress {
  readonly name: string;
  readonly version: number;
  /** leaves of the log in its rows */
  readonly folded: number;
  /** leaves put aside because they could not be folded */
  readonly quarantined: number;
}

export interface GenerationProgress extends Generation {
  readonly projections: readonly ProjectionProgress[];
  /** its rows beside those of the active generation; none for the active one itself */
  readonly compared: readonly Comparison[];
}

/** Differences an operator may know of and want. */
export type Accepted = Extract<Comparison['verdict'], 'different' | 'other-place'>;

/** What was asked for would show people the wrong rows, or is not possible; nothing was changed. */
export class RebuildRefused extends Error {
  override readonly name = 'RebuildRefused';
}

/** Generations of views in PostgreSQL, as an operator handles them. Whoever opens it closes it. */
export class GenerationsOfViews {
  private constructor(private readonly views: Views) {}

  /** @throws WrongUse when no database is configured; UnusableViews */
  static async open({ views: url, viewsPasswordFile: passwordFile, origin }: Config): Promise<GenerationsOfViews> {
    if (url === undefined) throw new WrongUse('NACHWEIS_VIEWS names no database; embedded views rebuild themselves');
    const address = { url, ...(passwordFile !== undefined && { passwordFile }) };
    return new GenerationsOfViews(await openPostgresViews({ ...address, role: 'owner', origin, poolSize: 2 }));
  }

  /** Every generation, oldest first, with its progress and how it compares with the active one. */
  async list(): Promise<readonly GenerationProgress[]> {
    const generations = await listGenerations(this.#database);
    const active = generations.find(({ state }) => state === 'active');
    const listed: GenerationProgress[] = [];
    for (const generation of generations) {
      const compared =
        active === undefined || active === generation ? [] : await this.#compare(active.number, generation.number);
      listed.push({ ...generation, projections: await progressOf(this.#database, generation), compared });
    }
    return listed;
  }

  /**
   * Makes a generation for the projections of this version, unless one is being built by them already.
   *
   * @returns it, and whether it was made by this call
   */
  async start(): Promise<{ readonly generation: Generation; readonly made: boolean }> {
    const building = (await listGenerations(this.#database)).find(
      (generation) => generation.state === 'building' && isBuiltBy(generation, ours),
    );
    if (building !== undefined) return { generation: building, made: false };
    const { partitions } = topics['ledger.entries.v1'];
    const generation = await inWords(() => createGeneration(this.#database, ours, partitions));
    return { generation, made: true };
  }

  /** Makes sure that there is a generation this version can fold into. @returns null when there was one */
  async requireOurs(): Promise<Generation | null> {
    const generations = await listGenerations(this.#database);
    if (generations.some((generation) => isBuiltBy(generation, ours))) return null;
    return (await this.start()).generation;
  }

  /**
   * Makes readers read another generation, once its rows agree with those they read now. One that was read before is
   * folded further first, and stays so when it is refused.
   *
   * @param number without it, the only one that is being built
   * @param again asked when one of the two is only a little ahead: waits, and answers whether to look again
   * @throws RebuildRefused when a view differs or cannot be compared and that is not accepted, or the rows are fewer
   * @throws WrongUse when none or several are being built and none is named
   */
  async switchTo(
    number: number | undefined,
    accepted: readonly Accepted[],
    again: () => Promise<boolean>,
  ): Promise<number> {
    const generations = await listGenerations(this.#database);
    const chosen = number ?? onlyBuilding(generations);
    const active = generations.find(({ state }) => state === 'active');
    if (active !== undefined && active.number !== chosen) {
      await inWords(() => takeUp(this.#database, chosen));
      const differing = await this.#differing([active.number, chosen], accepted, again);
      if (differing.length > 0) throw new RebuildRefused(sentenceOn(differing));
    }
    await inWords(() => this.#switchWhenLevel(chosen, again));
    return chosen;
  }

  /** Makes readers read what they read before the last switch. @throws RebuildRefused */
  async rollback(): Promise<number> {
    return (await inWords(() => rollback(this.#database))).number;
  }

  /** @throws RebuildRefused */
  drop(number: number): Promise<void> {
    return inWords(() => dropGeneration(this.#database, number));
  }

  close(): Promise<void> {
    return this.#database.destroy();
  }

  get #database(): ViewsDatabase {
    return this.views.database;
  }

  async #differing(
    [active, other]: readonly [number, number],
    accepted: readonly Accepted[],
    again: () => Promise<boolean>,
  ): Promise<readonly Comparison[]> {
    const agreeing: readonly string[] = ['same', 'other-version', ...accepted];
    for (;;) {
      const differing = (await this.#compare(active, other)).filter(({ verdict }) => !agreeing.includes(verdict));
      const mayPass = differing.length > 0 && differing.every(({ verdict }) => verdict === 'other-place');
      if (!mayPass || !(await again())) return differing;
    }
  }

  async #switchWhenLevel(number: number, again: () => Promise<boolean>): Promise<void> {
    for (;;) {
      try {
        return await switchTo(this.#database, number);
      } catch (error) {
        const mayPass = error instanceof GenerationRefused && error.reason === 'behind';
        if (!mayPass || !(await again())) throw error;
      }
    }
  }

  #compare(active: number, other: number): Promise<readonly Comparison[]> {
    return inWords(() => compareGenerations(this.#database, [active, other], ours));
  }
}

const refusals: Readonly<Record<GenerationRefused['reason'], string>> = {
  unknown: 'there is no such generation',
  active: 'it is read right now; switch to another one first',
  behind: 'it holds less than the one that is read; wait until it has caught up',
  'nothing-before': 'nothing was read before this one that is still there',
  'in-the-way': 'a schema of that name exists already; somebody has to look',
};

async function inWords<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof GenerationRefused)) throw cause;
    throw new RebuildRefused(refusals[cause.reason], { cause });
  }
}

const places = { different: 'other rows', 'other-place': 'another place of the log' } as const;

const sentenceOn = (compared: readonly Comparison[]): string =>
  compared
    .map(({ projection, verdict }) => `${projection}: ${verdict in places ? places[verdict as Accepted] : verdict}`)
    .join(', ');

function onlyBuilding(generations: readonly Generation[]): number {
  const building = generations.filter(({ state }) => state === 'building');
  const [only] = building;
  if (only === undefined || building.length > 1) {
    throw new WrongUse(`${building.length} generations are being built; name the one to switch to`);
  }
  return only.number;
}

async function progressOf(
  database: ViewsDatabase,
  { number, versions }: Generation,
): Promise<readonly ProjectionProgress[]> {
  const rows = await database
    .withSchema(`views_${number}`)
    .selectFrom('saved_position')
    .select(({ fn }) => ['name', fn.sum('folded').as('folded'), fn.sum('quarantined').as('quarantined')])
    .groupBy('name')
    .execute();
  return Object.entries(versions).map(([name, version]) => {
    const row = rows.find((one) => one.name === name);
    return { name, version, folded: Number(row?.folded ?? 0), quarantined: Number(row?.quarantined ?? 0) };
  });
}
