import { readFile, stat } from 'node:fs/promises';
import { dataFaults, entryTypes, isObject } from '#catalogue';
import { DomainError, type Fault } from '#kernel';
import { parseStrict } from '#platform';
import type { JsonObject, JsonValue } from '#statement';
import { WrongUse } from '../wrong-use.js';
import { agreementTypeOf } from './agreement-type.js';

/** An agreement in a file, or what is wrong with it: pointers are those of the file. */
export type AgreementFile = { readonly agreement: JsonObject } | { readonly faults: readonly Fault[] };

/** Room for any entry a ledger takes, however it is indented. */
const largest = 1024 * 1024;

/**
 * Reads the data of an `AgreementAdopted`, or of an `AgreementAmended` where it supersedes something or tells what
 * changed, and checks it as the ledger would.
 *
 * @throws WrongUse for a file of more than 1 MiB; the file system's error where it cannot be read
 */
export async function readAgreement(path: string): Promise<AgreementFile> {
  if ((await stat(path)).size > largest) throw new WrongUse(`${path} is larger than ${largest} bytes`);
  const value = parsed(await readFile(path));
  if ('faults' in value) return value;
  if (!isObject(value.json)) return { faults: [{ pointer: '', detail: 'expected an object' }] };
  const name = agreementTypeOf(value.json);
  const type = entryTypes.get(name);
  if (!type) throw new Error(`the catalogue has no ${name}`);
  const faults = dataFaults(type, value.json).map(({ pointer, detail }) => ({
    pointer: pointer.replace(/^\/data/, ''),
    detail,
  }));
  return faults.length > 0 ? { faults } : { agreement: value.json };
}

function parsed(bytes: Uint8Array): { readonly json: JsonValue } | { readonly faults: readonly Fault[] } {
  try {
    return { json: parseStrict(bytes) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { faults: error.faults };
  }
}
