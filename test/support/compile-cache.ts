import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs that tests start again and again keep what was compiled of them: a quarter of each start. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), 'nachweis-compile-cache') };
