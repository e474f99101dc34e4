/** Set by `npm run test:thorough`. */
const isThorough = process.env['NACHWEIS_TEST_THOROUGH'] === 'yes';

/**
 * How often a property is tried: as often as said where a run may take its time, a quarter of that on each push. The
 * seed is the same, so that each push tries the first of those.
 */
export const randomRuns = (thorough: number): number => (isThorough ? thorough : Math.ceil(thorough / 4));
