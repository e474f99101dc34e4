import { readFileSync } from 'node:fs';

// Of the folder where npm starts its scripts: this file may be built and lie elsewhere.
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> };

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
