import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';

/** A folder of its own, in memory where the machine has that: what is tested here does not depend on the disk's pace. */
export class Scratch {
  readonly path = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'nachweis-'));

  file(...names: string[]): string {
    return join(this.path, ...names);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
