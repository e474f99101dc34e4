import { settings } from './settings.js';
import type { Setting } from './settings/setting.js';

type Settings = typeof settings;
type ValueOf<Given> = Given extends { fallback: infer Fallback; parse: (text: string) => infer Value }
  ? Fallback extends string
    ? Value
    : Value | undefined
  : never;

/** What an operator decided, checked. A setting without default may be undefined. */
export type Config = { readonly [Name in keyof Settings]: ValueOf<Settings[Name]> };

/** Says everything that is wrong at once, by name and never with a value: a value may be a secret put in the wrong place. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

const prefix = 'NACHWEIS_';
const entries = Object.entries(settings) as [keyof Settings, Setting<unknown>][];
const names = entries.map(([, setting]) => setting.name);

/**
 * @param environment usually `process.env`; names without the prefix `NACHWEIS_` are not looked at
 * @throws InvalidConfig for a name nobody knows and for a value that cannot be used
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems = Object.keys(environment)
    .filter((name) => name.startsWith(prefix) && !names.includes(name))
    .map((name) => `${name} is not a setting; did you mean ${nearest(name)}?`);
  const values: [string, unknown][] = [];
  for (const [key, setting] of entries) {
    try {
      values.push([key, valueOf(setting, environment[setting.name])]);
    } catch {
      problems.push(`${setting.name} must be ${setting.form}`);
    }
  }
  if (problems.length > 0) throw new InvalidConfig(problems);
  return Object.freeze(Object.fromEntries(values)) as Config;
}

function valueOf(setting: Setting<unknown>, text: string | undefined): unknown {
  const given = text ?? setting.fallback;
  return given === undefined ? undefined : setting.parse(given);
}

/** The table of settings for people: `docs/configuration.md` is exactly this text. */
export function configurationMarkdown(): string {
  const rows = entries.map(
    ([, { name, fallback, form, meaning }]) =>
      `| \`${name}\` | ${fallback === undefined ? 'none' : `\`${fallback}\``} | ${form} | ${meaning} |`,
  );
  return [
    '# Configuration',
    '',
    'The ledger is configured by environment variables. They are checked at start: an unknown name that begins with',
    '`NACHWEIS_` or a value that cannot be used stops it, and the message says which. Secrets are never values: keys',
    'lie in files below `NACHWEIS_DATA`, readable by their owner alone.',
    '',
    '| name | default | value | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function nearest(given: string): string {
  const name = given.toUpperCase();
  const far = (other: string): number => (other.startsWith(name) ? 0 : distance(name, other));
  const [first] = names.toSorted((a, b) => far(a) - far(b));
  return first ?? '';
}

/** Levenshtein's distance: how many letters to add, drop or change. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const changed = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
