/** Waits so many milliseconds, or less when the signal aborts: that ends a pause and is no failure. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** What is injected everywhere but in tests, which do not wait. */
export const realPause: Pause = async (milliseconds, signal) => {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = (): void => resolve();
  const timer = setTimeout(wake, milliseconds);
  signal.addEventListener('abort', wake, { once: true });
  await promise;
  clearTimeout(timer);
  signal.removeEventListener('abort', wake);
};
