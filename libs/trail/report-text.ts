import type { Finding, TrailReport } from './report.js';

const number = (value: number): string => value.toLocaleString('en-GB');
const counted = (value: number, one: string, many: string): string => `${number(value)} ${value === 1 ? one : many}`;

/** What a report says, in one sentence that starts with the verdict and, where it can, names an entry. */
export function sentenceOf(report: TrailReport): string {
  const { verdict, findings, findingsTotal } = report;
  const [first] = findings;
  if (first === undefined) return `${verdict}: ${goodNews(report)}`;
  const fitting = findings.filter((finding) => finding.verdict === verdict);
  const decisive = fitting.find(({ entry }) => entry !== undefined) ?? fitting[0] ?? first;
  const rest = findingsTotal === 1 ? '' : ` This is one of ${number(findingsTotal)} findings.`;
  return `${verdict}: ${findingLine(decisive)}${rest}`;
}

/** Where and what: `data/entries.ndjson, entry 17 (id): The entry is missing.` */
export function findingLine({ file, entry, id, what }: Finding): string {
  const place = [
    ...(file === undefined ? [] : [printable(file)]),
    ...(entry === undefined ? [] : [`entry ${entry}${id === undefined ? '' : ` (${id})`}`]),
  ].join(', ');
  return place === '' ? what : `${place}: ${what}`;
}

function goodNews({ head, range, entries, blocks }: TrailReport): string {
  if (head === null || range === null) return 'nothing was found wrong.';
  const { disclosed, erased, notDisclosed } = blocks;
  const span = `${number(range.from)} to ${number(range.to - 1)}`;
  const place = entries === 0 ? '' : range.selected === undefined ? ` (${span})` : ` (selected from ${span})`;
  return (
    `${counted(entries, 'entry', 'entries')}${place} of log ${head.origin} ` +
    `${entries === 1 ? 'is exactly the one' : 'are exactly the ones'} under the checkpoint of size ${number(head.size)} ` +
    `with root ${head.root.toString('base64')}; ` +
    `${counted(disclosed, 'block', 'blocks')} disclosed, ${number(erased)} erased, ${number(notDisclosed)} not disclosed.`
  );
}

// Names come from the file that is checked: they must not be able to move the cursor of a terminal.
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
