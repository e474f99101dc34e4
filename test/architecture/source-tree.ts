import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The folder of the repository. Jest runs from there. */
export const root = process.cwd();

/** One file of the repository: its path from the root, with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The folders directly inside a folder. @param path from the root */
export const foldersIn = (path: string): string[] =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map(({ name }) => name)
    .sort();

/** Every TypeScript file below the given folders. */
export function sourcesBelow(...folders: readonly string[]): SourceFile[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile() && each.name.endsWith('.ts'))
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)).replaceAll('\\', '/'))
    .map((path) => ({ path, text: read(path) }));
}

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Code that is for tests only. */
export const isTest = ({ path }: Pick<SourceFile, 'path'>): boolean =>
  path.endsWith('.spec.ts') || path.startsWith('test/') || path.includes('/testing/');

/** The text without comments, line by line in its place: what is written about a rule does not break it. */
export const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/^(.*?)(?<![:'"`])\/\/.*$/gm, '$1');

/** `path:line` of every place where a pattern stands in code. */
export const placesOf = (pattern: RegExp, files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) =>
    withoutComments(text)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? `${path}:${index + 1}` : [])),
  );
