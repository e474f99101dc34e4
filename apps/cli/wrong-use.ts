/** What the person at the terminal can put right: the command ends with exit code 64. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}
