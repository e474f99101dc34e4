/** How an operation fails: without having been done, or done while the answer got lost. */
export type Failure = 'not done' | 'done';

export class InjectedFailure extends Error {
  override readonly name = 'InjectedFailure';
}

interface Planned {
  readonly failure: Failure;
  skip: number;
  times: number;
}

/** Says which call of which operation fails. The wrappers around ports ask it before each call. */
export class FaultPlan {
  readonly #planned = new Map<string, Planned>();
  readonly #struck = new Map<string, number>();

  /** @param skip calls that succeed before @param times calls that fail from then on */
  fail(operation: string, failure: Failure, times = Number.POSITIVE_INFINITY, skip = 0): void {
    this.#planned.set(operation, { failure, skip, times });
  }

  /** From now on everything works again. */
  mend(): void {
    this.#planned.clear();
  }

  /** How often the operation failed so far: a test whose failure never struck has shown nothing. */
  struck(operation: string): number {
    return this.#struck.get(operation) ?? 0;
  }

  async around<Result>(operation: string, work: () => Promise<Result>): Promise<Result> {
    const failure = this.#next(operation);
    if (failure === 'not done') throw new InjectedFailure(`${operation} failed`);
    const result = await work();
    if (failure === 'done') throw new InjectedFailure(`${operation} was done, but its answer got lost`);
    return result;
  }

  aroundSync<Result>(operation: string, work: () => Result): Result {
    const failure = this.#next(operation);
    if (failure === 'not done') throw new InjectedFailure(`${operation} failed`);
    const result = work();
    if (failure === 'done') throw new InjectedFailure(`${operation} was done, but its answer got lost`);
    return result;
  }

  #next(operation: string): Failure | undefined {
    const planned = this.#planned.get(operation);
    if (planned === undefined || planned.times === 0) return undefined;
    if (planned.skip > 0) {
      planned.skip -= 1;
      return undefined;
    }
    planned.times -= 1;
    this.#struck.set(operation, this.struck(operation) + 1);
    return planned.failure;
  }
}
