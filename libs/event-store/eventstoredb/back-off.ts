const first = 50;
const longest = 5_000;

/** Milliseconds to wait after so many failures in a row. */
export const backOff = (failures: number): number => Math.min(longest, first * 2 ** Math.min(failures, 20));
