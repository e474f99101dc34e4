import { isNativeError } from 'node:util/types';
import { StoreRefused } from '#event-store';
import { isForeign } from '#kernel';
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

/** Exit codes of sysexits(3) by the names of errors: the configuration is wrong; something needed is not available. */
const exitCodes: Readonly<Record<string, number>> = {
  InvalidConfig: 78,
  AddressRefused: 78,
  StartRefused: 69,
  StoreUnavailable: 69,
  VaultUnavailable: 69,
};
/** EX_DATAERR: something else stands in the place of what is ours. */
const foreign = 65;
const failed = 1;

/** How a process ends: 65, 69 or 78 as sysexits(3) has them, else 1. */
export function exitCodeOf(error: unknown): number {
  if (isForeign(error)) return foreign;
  if (isMisaddressed(error)) return exitCodes['AddressRefused'] ?? failed;
  return exitCodes[isNativeError(error) ? error.name : ''] ?? failed;
}

/** Whether what a setting names is no address, wherever that was found out. */
function isMisaddressed(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const isOfStore = error instanceof StoreRefused && error.reason === 'address';
  return isOfStore || error.name === 'AddressRefused' || isMisaddressed(error.cause);
}

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
    process.exit(exitCodeOf(named));
  }
}
