import { isTest, placesOf, sourcesBelow, type SourceFile } from './source-tree.js';

const longest = 400;
const all = sourcesBelow('apps', 'libs', 'test').filter(({ path }) => !path.startsWith('test/architecture/'));
const shipped = all.filter((file) => !isTest(file));

const outside = (files: readonly SourceFile[], allowed: RegExp): SourceFile[] =>
  files.filter(({ path }) => !allowed.test(path));

const readsTheClock = /\bDate\.now\b|\bnew Date\(\s*\)|(?<!\.)\bDate\(\)/;
const readsTheEnvironment = /\bprocess\.env\b|\bprocess\[/;
const silencesAMachine = /(oxlint|eslint)-disable|@ts-(ignore|nocheck|expect-error)|prettier-ignore|istanbul ignore/;

describe('source files', () => {
  it(`have at most ${longest} lines`, () => {
    const long = all.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }));
    expect(long.filter(({ lines }) => lines > longest)).toEqual([]);
  });

  it('read the clock in one place of an app, in the bench, and nowhere below', () => {
    expect(placesOf(readsTheClock, outside(all, /^(apps\/[^/]+\/system-clock\.ts$|test\/bench\/)/))).toEqual([]);
  });

  it('read the environment where a process starts, and nowhere below', () => {
    expect(placesOf(readsTheEnvironment, outside(shipped, /^apps\/[^/]+\/main\.ts$/))).toEqual([]);
  });

  it('declare no enum: a union of literals says the same and leaves nothing behind', () => {
    expect(placesOf(/^\s*(export |declare |const )*enum \w/, all)).toEqual([]);
  });

  it('silence a rule only with a reason on the same line', () => {
    const silencing = all.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) => (silencesAMachine.test(line) ? { place: `${path}:${index + 1}`, line } : [])),
    );
    expect(silencing.filter(({ line }) => !/ -- \w+ \w+/.test(line))).toEqual([]);
  });

  it('promise nothing for later', () => {
    const later = all.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => (/\b(TODO|FIXME|XXX|HACK)\b/.test(line) ? `${path}:${index + 1}` : [])),
    );
    expect(later).toEqual([]);
  });

  it('run every test they have', () => {
    expect(placesOf(/\b(it|test|describe)\.(only|skip|todo)\s*\(|\b[xf](it|describe)\(/, all)).toEqual([]);
  });

  it('say why where the machine decides that a test cannot run', () => {
    const silent = all.filter(
      ({ text }) => /\b(it|test|describe)\.skip\b/.test(text) && !/process\.std(out|err)\.write/.test(text),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});

describe('these rules', () => {
  const seen = (pattern: RegExp, line: string): boolean => placesOf(pattern, [{ path: 'x.ts', text: line }]).length > 0;

  it.each(['const now = Date.now();', 'return new Date().toISOString();', 'text(Date())'])(
    'see the clock read in: %s',
    (line) => expect(seen(readsTheClock, line)).toBe(true),
  );

  it.each(['new Date(milliseconds)', '// Date.now()', ' * {@link Date.now}'.padStart(30), "'it is a Date'"])(
    'see no clock read in: %s',
    (line) => expect(seen(readsTheClock, line.includes('{@') ? `/* ${line} */` : line)).toBe(false),
  );

  it('see the environment read', () => {
    expect(seen(readsTheEnvironment, "const home = process.env['HOME'];")).toBe(true);
  });
});
