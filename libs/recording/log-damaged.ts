/** The log, what is derived from it and the tree heads signed before do not fit each other. A person has to look first. */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged';
}
