import { existsSync, readdirSync } from 'node:fs';

/** What file systems put at their root by themselves. */
const ownOfFileSystem = 'lost+found';

/** What a folder holds; nothing when it does not exist. */
export const contentsOf = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name !== ownOfFileSystem) : [];
