import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const manifest = fileURLToPath(new URL('../../package.json', import.meta.url));
const { scripts } = JSON.parse(readFileSync(manifest, 'utf8')) as { scripts: Readonly<Record<string, string>> };

/**
 * What a script of package.json that starts a program tells Node, above all how much memory it may take: tests run a
 * program as its operator does.
 *
 * @throws Error when there is no such script, or when it gives no flags
 */
export function startFlags(script: string): readonly string[] {
  const flags = scripts[script]?.match(/--\S+/g) ?? [];
  if (flags.length === 0) throw new Error(`package.json has no flags for ${script}`);
  return flags;
}
