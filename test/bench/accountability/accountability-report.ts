import { rounded } from '../report.js';
import type { Rebuilt } from './rebuild.js';

/** Milliseconds of one kind of answer. */
export interface Latency {
  readonly what: string;
  readonly p50: number;
  readonly p99: number;
}

/** What `bench/accountability-results.json` holds. */
export interface AccountabilityResults {
  readonly machine: string;
  readonly at: string;
  /** milliseconds of all rules on one exchange of thirty entries */
  readonly judging: number;
  readonly rebuilt: Rebuilt;
  readonly views: readonly Latency[];
  readonly assessments: Latency;
}

/** The part of docs/performance.md about rules, views and assessments. */
export function accountabilitySection(results: AccountabilityResults): string {
  const { machine, judging, rebuilt, views, assessments } = results;
  const { entries, seconds, processorSeconds, mebibytes } = rebuilt;
  const slowest = views.toSorted((one, other) => other.p99 - one.p99);
  const worst = slowest[0]?.p99 ?? 0;
  return [
    '## Accountability',
    '',
    `Written by \`npm run bench:accountability\`, on a simulated year of ${rounded(entries)} entries, with the check notes that were raised by its end.`,
    `Machine: ${machine}.`,
    '',
    '| what | figure | aim |',
    '|---|---|---|',
    `| all rules on one exchange of 30 entries | ${judging.toFixed(2)} ms | < 1 ms |`,
    `| rebuild of all views and judgements | ${rounded(entries / seconds)} entries/s (${rounded(entries / processorSeconds)} a second of processor time) | ≥ 10,000 entries/s |`,
    `| memory of the rebuild | ${rounded(mebibytes)} MiB | < 500 MiB |`,
    `| first page of the slowest view (${slowest[0]?.what ?? ''}), p99 | ${worst.toFixed(1)} ms | < 50 ms |`,
    `| assessment of 30 items with its documents, p50 and p99 | ${assessments.p50.toFixed(1)} and ${assessments.p99.toFixed(1)} ms | p99 < 50 ms |`,
    '',
    `First pages by view, p99 in ms: ${slowest.map(({ what, p99 }) => `${what} ${p99.toFixed(1)}`).join(' · ')}.`,
    '',
  ].join('\n');
}
