import { isNativeError } from 'node:util/types';
import { InvalidConfig } from './config.js';

/** Something a process needs is not there or not what it should be. Names the setting that says where it is. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';

  constructor(
    readonly setting: string,
    options: { readonly cause: unknown },
  ) {
    super(`${setting}: ${isNativeError(options.cause) ? options.cause.message : 'unusable'}`, options);
  }
}

/**
 * Opens what a setting names.
 *
 * @throws StartRefused naming the setting, where opening fails; InvalidConfig, which names its settings itself
 */
export async function openedFrom<Opened>(setting: string, open: () => Promise<Opened> | Opened): Promise<Opened> {
  try {
    return await open();
  } catch (cause) {
    if (cause instanceof InvalidConfig) throw cause;
    throw new StartRefused(setting, { cause });
  }
}

/** What a profile cannot do without. @throws InvalidConfig */
export function required<Value>(setting: string, value: Value | undefined): Value {
  if (value === undefined) throw new InvalidConfig([`${setting} is needed by this process`]);
  return value;
}

/** Exit codes of sysexits(3): the configuration is wrong; something that is needed is not available. */
const exitCodes: Readonly<Record<string, number>> = { InvalidConfig: 78, StartRefused: 69 };

/**
 * Starts a process, or ends it: what an operator can mend is said in a line, everything else with its stack.
 *
 * @param expected names of errors whose message says all there is to say
 */
export async function startOrExit(start: () => Promise<void>, expected: readonly string[] = []): Promise<void> {
  try {
    await start();
  } catch (error) {
    const named = isNativeError(error) ? error : new Error('the start failed', { cause: error });
    const isSaid = named.name in exitCodes || expected.includes(named.name);
    process.stderr.write(`${isSaid ? named.message : named.stack}\n`);
    process.exit(exitCodes[named.name] ?? 1);
  }
}
