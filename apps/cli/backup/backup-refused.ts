/** A backup is not whole, was changed, or does not fit what it is used with. Names the file or the entry. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}
