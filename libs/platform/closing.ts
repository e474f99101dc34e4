/** What was opened so far, to be closed in turn, last opened first: at the end, and when a start fails half way. */
export class Closing {
  readonly #steps: (() => unknown)[] = [];

  /**
   * Opens things one after the other. What was opened before one of them failed is closed again; an error of that is
   * not told, the first one is.
   */
  static async onFailure<Opened>(open: (closing: Closing) => Promise<Opened>): Promise<Opened> {
    const closing = new Closing();
    try {
      return await open(closing);
    } catch (error) {
      await closing.close().catch(() => undefined);
      throw error;
    }
  }

  add(close: () => unknown): void {
    this.#steps.push(close);
  }

  /**
   * What cannot be closed does not keep the rest open. Nothing is closed twice.
   *
   * @throws Error of what could not be closed; AggregateError where that were several
   */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#steps.splice(0).toReversed()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, 'not everything could be closed');
  }
}
