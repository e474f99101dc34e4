/** A proof, or the file that carries one, does not show what it claims. */
export class InvalidProof extends Error {
  override readonly name = 'InvalidProof';
}

/** A signed note, a verifier key or the text inside a note is malformed, badly signed, or signed by nobody known. */
export class InvalidNote extends Error {
  override readonly name = 'InvalidNote';
}

/** A tile or entry bundle does not hold what its place in the tree requires. */
export class InvalidTile extends Error {
  override readonly name = 'InvalidTile';
}
