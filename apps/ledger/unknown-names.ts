import type { Fault } from '#kernel';

/** A caller can act on so many faults at once; a hostile one could cause any number. */
const mostFaults = 20;

/** Faults for names nobody knows. A name is repeated only where it can say little: it may hold anything. */
export const unknownNames = (names: readonly string[], detail: string): readonly Fault[] =>
  names.slice(0, mostFaults).map((name) => ({ pointer: /^[\w-]{1,64}$/.test(name) ? `/${name}` : '', detail }));
