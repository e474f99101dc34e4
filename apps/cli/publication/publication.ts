import { dataFaults, entryTypes, isObject } from '#catalogue';
import { readContribution } from '#compliance/library';
import { DomainError, type Fault } from '#kernel';
import { parseStrict } from '#platform';
import { canonical, type JsonObject, type JsonValue } from '#statement';
import { openNote, signNote, verifierKey, type NoteSigner, type VerifierKey } from '#transparency';
import { agreementTypeOf } from '../agreement/agreement-type.js';

/** What networks hand to each other. A template is an agreement that is left open where those who adopt it decide. */
export type PublicationKind = 'agreement' | 'rule-pack' | 'practice';

export interface Publication {
  /** name of the key it is signed with: the network that answers for it */
  readonly publisher: string;
  readonly kind: PublicationKind;
  readonly content: JsonObject;
}

/** The file is not what it says it is, or holds what no ledger would take. */
export class InvalidPublication extends Error {
  override readonly name = 'InvalidPublication';

  constructor(
    message: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
  }
}

const format = 'nachweis-publication/v1';

/** Names the entry type whose data is published; a practice is none. */
const typeOf: Readonly<Record<PublicationKind, (content: JsonObject) => string>> = {
  agreement: agreementTypeOf,
  'rule-pack': () => 'RulePackPublished',
  practice: () => '',
};
const kinds: readonly PublicationKind[] = ['agreement', 'rule-pack', 'practice'];

export const isPublicationKind = (text: string): text is PublicationKind => kinds.some((kind) => kind === text);

/**
 * Signs something for other networks: a C2SP signed note over four lines, the format, the publisher, the kind, and the
 * content in its canonical form.
 *
 * @throws InvalidPublication when no ledger would take the content
 * @throws InvalidNote beyond 64 KiB
 */
export function publish(kind: PublicationKind, content: JsonValue, signer: NoteSigner): string {
  const sound = soundContent(kind, content);
  const note = signNote(`${format}\n${signer.name}\n${kind}\n${canonical(sound)}\n`, [signer]);
  // What would be refused by whoever receives it is not handed out.
  openPublication(note, [verifierKey(signer.vkey)]);
  return note;
}

/**
 * Opens what another network signed.
 *
 * @param verifiers keys that were had from the publishers by another way
 * @throws InvalidNote when none of the keys signed it, or it was changed since
 * @throws InvalidPublication when it is signed by somebody else than it names, or no ledger would take it
 */
export function openPublication(note: string, verifiers: readonly VerifierKey[]): Publication {
  const { text, signatures } = openNote(note, verifiers);
  const [first, publisher = '', kind = '', content = '', ...rest] = text.split('\n');
  if (first !== format || rest.length !== 1 || rest[0] !== '') throw new InvalidPublication('not of the form of one');
  if (!signatures.some(({ name }) => name === publisher)) {
    throw new InvalidPublication('it names another publisher than the one who signed it');
  }
  if (!isPublicationKind(kind)) throw new InvalidPublication('it is of a kind nobody knows');
  const value = parsed(content);
  if (canonical(value) !== content) throw new InvalidPublication('its content is not in canonical form');
  return { publisher, kind, content: soundContent(kind, value) };
}

function parsed(content: string): JsonValue {
  try {
    return parseStrict(Buffer.from(content));
  } catch (error) {
    if (error instanceof DomainError) throw new InvalidPublication('its content is not JSON', error.faults);
    throw error;
  }
}

function soundContent(kind: PublicationKind, content: JsonValue): JsonObject {
  if (!isObject(content))
    throw new InvalidPublication('expected an object', [{ pointer: '', detail: 'not an object' }]);
  const faults = faultsOf(kind, content);
  if (faults.length > 0) throw new InvalidPublication('no ledger would take it', faults);
  return content;
}

function faultsOf(kind: PublicationKind, content: JsonObject): readonly Fault[] {
  const type = entryTypes.get(typeOf[kind](content));
  if (type)
    return dataFaults(type, content).map((fault) => ({ ...fault, pointer: fault.pointer.replace(/^\/data/, '') }));
  try {
    readContribution(content, { isAgency: () => false, names: [] });
    return [];
  } catch (error) {
    if (error instanceof DomainError) return error.faults;
    throw error;
  }
}
