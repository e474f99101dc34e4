import { deadlinesInWords } from './deadlines/deadline-in-words.js';
import { everyRule } from './every-rule.js';
import { everyPack } from './packs/every-pack.js';
import type { Rule, RuleSettings } from './rule.js';

/** The table of rules for people: `docs/rules.md` is exactly this text. */
export function rulesMarkdown(): string {
  return [
    '# Rules',
    '',
    'What the ledger checks after every entry. A broken rule raises a check note (Prüfhinweis); it never refuses an entry.',
    'Severity, basis and deadline are those without any pack; packs change them as data, in the order of the second table.',
    'Deadlines of days and months end with their last day in the calendar of the pack. † marks what a lawyer must confirm.',
    '',
    '| rule | what has to be so | sources | severity | basis | deadline | checked by | tried by |',
    '|---|---|---|---|---|---|---|---|',
    ...everyRule.map(rowOf),
    '',
    '## Packs',
    '',
    '| pack | rule | change | source |',
    '|---|---|---|---|',
    ...everyPack.flatMap(({ code, version, rules }) =>
      Object.entries(rules).map(
        ([id, { source = '', ...change }]) => `| ${code}@${version} | ${id} | ${changeInWords(change)} | ${source} |`,
      ),
    ),
    '',
  ].join('\n');
}

/** Rules of one letter group share a table of cases. */
export const specOf = ({ id }: Pick<Rule, 'id'>): string => `${id.toLowerCase().split('-')[0]}.spec.ts`;

function rowOf(rule: Rule): string {
  const { id, statement, sources, severity, basis } = rule;
  const link = (file: string): string => `[${file}](../libs/compliance/rules/by-id/${file})`;
  const cells = [
    `**${id}**${rule.applies ? '' : ' (only where a pack says so)'}`,
    `${statement.en}<br>${statement.de}`,
    sources.join('; '),
    severity,
    basis,
    deadlinesInWords(rule, 'en'),
    link(`${id.toLowerCase()}.ts`),
    link(specOf(rule)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function changeInWords({ applies, severity, basis, ...times }: Partial<RuleSettings>): string {
  const said = [
    ...(applies === undefined ? [] : [applies ? 'checked' : 'not checked']),
    ...(severity === undefined ? [] : [severity]),
    ...(basis === undefined ? [] : [basis]),
    ...(times.deadline === undefined ? [] : [deadlinesInWords({ deadline: times.deadline, ...times }, 'en')]),
  ];
  return said.join(', ');
}
