/**
 * The topic, the log or the vault is not what this relay carries or carried: going on would put wrong leaves, or leaves
 * in a wrong order, where nobody can take them back. An operator has to look.
 */
export class RelayRefused extends Error {
  override readonly name = 'RelayRefused';
  readonly isForeign = true;
}
