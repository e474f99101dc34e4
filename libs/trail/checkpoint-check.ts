import {
  InvalidNote,
  InvalidProof,
  openCheckpoint,
  openNote,
  parseConsistency,
  parseTreeHead,
  type TreeHead,
  type VerifierKey,
  verifyConsistency,
} from '#transparency';
import type { Archive } from './archive.js';
import { trailFiles } from './layout.js';
import { placeOf, type Policy } from './policy.js';
import type { Findings } from './report.js';

const where = { file: trailFiles.checkpoint };
const maximumNoteBytes = 65_536;

/**
 * Opens the checkpoint with the key the verifier brings. A signature that claims to be of this key and is not good
 * is tampering; without one nothing can be said.
 * @returns the signed head, or the one the file merely claims so that the rest can still be checked against it
 */
export function checkCheckpoint(note: string | undefined, key: VerifierKey, findings: Findings): TreeHead | null {
  if (note === undefined) return null;
  try {
    return openCheckpoint(note, [key], key.name);
  } catch (error) {
    if (!(error instanceof InvalidNote)) throw error;
    if (claims(note, key) && !isGood(note, key)) {
      findings.add('tampered', `The checkpoint is not as ${key.name} signed it: ${error.message}.`, where);
    } else {
      findings.add('unverifiable', `The checkpoint can not be verified with this key: ${error.message}.`, where);
    }
    return claimedHead(note);
  }
}

/** The text of a small file; `undefined` when it is missing or too large to be one. */
export function readNote(archive: Archive, path: string): string | undefined {
  const file = archive.files.get(path);
  if (file === undefined || file.size > 2 * maximumNoteBytes) return undefined;
  return archive.read(file).toString('utf8');
}

/** Checks that enough witnesses countersigned the checkpoint. */
export function checkQuorum(note: string, key: VerifierKey, policy: Policy, findings: Findings): void {
  if (policy.logs.length > 0 && !policy.logs.includes(key.vkey)) {
    findings.add('unverifiable', 'The policy is not for this log.', where);
  }
  const cosigned = new Set<string>();
  for (const witness of policy.witnesses) {
    if (isGood(note, witness)) cosigned.add(placeOf(witness));
    else if (claims(note, witness)) {
      findings.add('tampered', `The countersignature of ${witness.name} is not good.`, where);
    }
  }
  if (!policy.isSatisfied(cosigned)) {
    findings.add(
      'unverifiable',
      `The policy's quorum is not met: ${cosigned.size} of ${policy.witnesses.length} witnesses countersigned.`,
      where,
    );
  }
}

/** Checks that the trail's tree only grew since the checkpoint the verifier holds already. */
export function checkGrowth(
  archive: Archive,
  head: TreeHead,
  since: string,
  key: VerifierKey,
  findings: Findings,
): void {
  const file = trailFiles.consistency;
  let older: TreeHead;
  try {
    older = openCheckpoint(since, [key], key.name);
  } catch (error) {
    if (!(error instanceof InvalidNote)) throw error;
    findings.add('unverifiable', `Your earlier checkpoint can not be verified with this key: ${error.message}.`);
    return;
  }
  if (older.size === head.size && older.root.equals(head.root)) return;
  const text = readNote(archive, file);
  try {
    const { old, proof } = text === undefined ? { old: older.size, proof: [] } : parseConsistency(text);
    if (older.size < head.size && (text === undefined || old !== older.size)) {
      findings.add(
        'incomplete',
        `The trail has no proof that its log grew from your checkpoint of size ${older.size}.`,
      );
    } else if (older.size > head.size) {
      findings.add('incomplete', `The trail is older than your checkpoint of size ${older.size}.`);
    } else {
      verifyConsistency(older.size, head.size, older.root, head.root, proof);
    }
  } catch (error) {
    if (!(error instanceof InvalidProof)) throw error;
    const fork = 'The log showed you another history before, or the proof was changed';
    findings.add('tampered', `${fork}: ${error.message}.`, { file });
  }
}

/** Checks that `consistency.txt` leads to this checkpoint and no other. */
export function checkConsistencyFile(archive: Archive, note: string | undefined, findings: Findings): void {
  const file = trailFiles.consistency;
  if (!archive.files.has(file)) return;
  const text = readNote(archive, file);
  try {
    if (text !== undefined && parseConsistency(text).checkpoint === note) return;
    findings.add('tampered', 'The proof leads to another checkpoint than the one of the trail.', { file });
  } catch (error) {
    if (!(error instanceof InvalidProof)) throw error;
    findings.add('tampered', `The proof is malformed: ${error.message}.`, { file });
  }
}

/** Whether a signature line names this key, good or not. */
function claims(note: string, { name, keyId }: VerifierKey): boolean {
  return note.split('\n').some((line) => {
    const [dash, signer, signed = ''] = line.split(' ');
    return dash === '\u2014' && signer === name && Buffer.from(signed, 'base64').toString('hex', 0, 4) === keyId;
  });
}

function isGood(note: string, key: VerifierKey): boolean {
  try {
    openNote(note, [key]);
    return true;
  } catch (error) {
    if (error instanceof InvalidNote) return false;
    throw error;
  }
}

function claimedHead(note: string): TreeHead | null {
  try {
    return parseTreeHead(note.slice(0, note.lastIndexOf('\n\n') + 1));
  } catch (error) {
    if (error instanceof InvalidNote) return null;
    throw error;
  }
}
