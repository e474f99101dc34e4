/** One thing without which a process cannot do its work. */
export interface HealthIndicator {
  readonly name: string;
  /** @throws when it is not well; what it throws is not shown */
  check(): void | Promise<void>;
}

/** Milliseconds. A probe that takes longer than this has its answer. */
const patience = 5_000;

export async function isWell(part: HealthIndicator): Promise<boolean> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, patience);
  try {
    await Promise.race([part.check(), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
