import { isTest, sourcesBelow, withoutComments, type SourceFile } from './source-tree.js';

const files = sourcesBelow('apps').filter((file) => !isTest(file));

/** The first group of every match in every file. */
const named = (pattern: RegExp, sources: readonly SourceFile[]): string[] =>
  sources.flatMap(({ text }) => [...withoutComments(text).matchAll(pattern)].map((match) => String(match[1]))).sort();

const messages = (sources: readonly SourceFile[]): string[] =>
  named(/class (\w+)(?:<[^>{]*>)? extends (?:Command|Query)\b/g, sources);
const handled = (sources: readonly SourceFile[]): string[] => named(/@(?:Command|Query)Handler\((\w+)\)/g, sources);
const handlers = (sources: readonly SourceFile[]): string[] =>
  named(/@(?:Command|Query)Handler\(\w+\)\s*(?:export )?class (\w+)/g, sources);

describe('commands and queries', () => {
  it('have exactly one handler each: the bus would silently take the last of two', () => {
    expect(handled(files)).toEqual(messages(files));
  });

  it('have handlers that a module lists', () => {
    const lists = files
      .filter(({ path }) => path.endsWith('.module.ts'))
      .map(({ text }) => text.replace(/^import[^;]*;/gm, ''));
    expect(handlers(files).filter((name) => !lists.some((text) => new RegExp(`\\b${name}\\b`).test(text)))).toEqual([]);
  });

  it('are sent by somebody', () => {
    const sent = named(/\bnew (\w+)\(/g, files);
    expect(messages(files).filter((name) => !sent.includes(name))).toEqual([]);
  });

  it('are found where they stand', () => {
    const path = 'apps/x/y.ts';
    const text =
      'class A extends Command<B> {}\n@CommandHandler(A)\nexport class AHandler {}\n@QueryHandler(C) class D {}';
    expect(messages([{ path, text }])).toEqual(['A']);
    expect(handled([{ path, text }])).toEqual(['A', 'C']);
    expect(handlers([{ path, text }])).toEqual(['AHandler', 'D']);
  });
});
