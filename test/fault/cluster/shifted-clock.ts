import { readFileSync } from 'node:fs';

// Loaded before a process with `--import`, it lets the process's clock be wrong by as many milliseconds as a file says.
// Timers and what they measure stay as they are, as with a real clock that is set.
const file = process.env['SHIFTED_CLOCK'] ?? '';
const clock: { now(): number } = Date;
const real = clock.now.bind(clock);
let shift = 0;
const look = (): void => void (shift = Number(readFileSync(file, 'utf8')));
look();
setInterval(look, 50).unref();
clock.now = () => real() + shift;
