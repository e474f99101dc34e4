import { DatabaseSync } from 'node:sqlite';
import type { FaultPlan } from './fault-plan.js';

/** A SQLite connection whose commits fail as planned: `<name> commit`. */
export class FaultyDatabase extends DatabaseSync {
  readonly #plan: FaultPlan;
  readonly #name: string;

  constructor(file: string, name: string, plan: FaultPlan) {
    super(file);
    this.#name = name;
    this.#plan = plan;
  }

  override exec(sql: string): void {
    if (sql !== 'COMMIT') super.exec(sql);
    else this.#plan.aroundSync(`${this.#name} commit`, () => super.exec(sql));
  }
}
