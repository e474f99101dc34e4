import { setImmediate } from 'node:timers/promises';

/** Hears how far a step is: `files`, `tiles` or `entries`. */
export type Progress = (step: string, done: number, total: number) => void;

/** Lets others run now and then during long work, and tells how far it is. */
export class Turns {
  constructor(
    private readonly progress: Progress,
    private readonly step: string,
    private readonly total: number,
  ) {}

  async reach(done: number): Promise<void> {
    this.progress(this.step, done, this.total);
    await this.rest();
  }

  async rest(): Promise<void> {
    await setImmediate();
  }
}
