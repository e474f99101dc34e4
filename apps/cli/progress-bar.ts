import { progress } from '@clack/prompts';

/** Shows how far long work is: a bar on a terminal, else a plain line now and then on standard error. */
export interface ProgressBar {
  update(step: string, done: number, total: number): void;
  stop(): void;
}

/** @param title what is being done, such as `Verifying` */
export const openProgressBar = (title: string): ProgressBar =>
  process.stderr.isTTY ? terminalBar(title) : plainLines(title);

function terminalBar(title: string): ProgressBar {
  let current: { step: string; bar: ReturnType<typeof progress>; shown: number } | undefined;
  const close = (): void => current?.bar.stop(`${title} ${current.step}: done`);
  return {
    update(step, done, total) {
      if (current?.step !== step) {
        close();
        current = { step, bar: progress({ max: 100, output: process.stderr }), shown: 0 };
        current.bar.start(`${title} ${step}`);
      }
      const percent = percentOf(done, total);
      if (percent > current.shown) current.bar.advance(percent - current.shown, `${title} ${step}: ${percent} %`);
      current.shown = percent;
    },
    stop: close,
  };
}

function plainLines(title: string): ProgressBar {
  let shown = '';
  return {
    update(step, done, total) {
      const line = `${title} ${step}: ${Math.floor(percentOf(done, total) / 25) * 25} %\n`;
      if (line !== shown) process.stderr.write(line);
      shown = line;
    },
    stop: () => undefined,
  };
}

const percentOf = (done: number, total: number): number =>
  total === 0 ? 100 : Math.min(100, Math.floor((100 * done) / total));
