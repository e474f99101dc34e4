/** One figure against the baseline measured in the same run. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly figure: number;
  readonly baseline: number | null;
  readonly against: string;
  /** the least ratio aimed at */
  readonly limit: number | null;
}

export interface SizeReport {
  /** entries in the log */
  readonly size: number;
  readonly rows: readonly Row[];
  /** milliseconds of a single append under load */
  readonly latency: { readonly p50: number; readonly p99: number };
  /** MiB of the ledger's process */
  readonly memory: { readonly recording: number; readonly exporting: number };
}

/** What `bench/results.json` holds. */
export interface Results {
  readonly machine: string;
  readonly at: string;
  readonly reports: readonly SizeReport[];
}

export const rounded = (value: number): string => Math.round(value).toLocaleString('en');

/** The part of docs/performance.md about one machine without services. */
export function performancePage({ machine, reports }: Results): string {
  const flatness = flat(reports);
  return [
    '# Performance',
    '',
    'Written by `npm run bench` (`-- --entries 1000000` for a larger log). Each figure stands beside a baseline that was',
    'measured in the same run on the same machine; quote the ratios. Client, ledger and baseline share its processors.',
    '',
    `Machine: ${machine}. Durability: SQLite, WAL, \`synchronous=FULL\`; every acknowledged entry is on disk.`,
    '',
    ...reports.flatMap(table),
    ...flatness,
  ].join('\n');
}

function table({ size, rows, latency, memory }: SizeReport): string[] {
  return [
    `## ${rounded(size)} entries`,
    '',
    ...measuredTable(rows),
    '',
    `Single appends under load: p50 ${latency.p50.toFixed(1)} ms, p99 ${latency.p99.toFixed(1)} ms. Memory of the ledger: at most`,
    `${rounded(memory.recording)} MiB while recording (aim: under 400), ${rounded(memory.exporting)} MiB while exporting (aim: under 300).`,
    '',
  ];
}

/** Figures beside their baselines, as lines of Markdown. */
export function measuredTable(rows: readonly Row[]): string[] {
  return [
    '| what | figure | baseline | ratio | aim |',
    '|---|---|---|---|---|',
    ...rows.map(({ what, unit, figure, baseline, against, limit }) => {
      const ratio = baseline === null ? '' : (figure / baseline).toFixed(2);
      const beside = baseline === null ? '' : `${rounded(baseline)} ${unit}, ${against}`;
      return `| ${what} | ${rounded(figure)} ${unit} | ${beside} | ${ratio} | ${limit === null ? '' : `≥ ${limit}`} |`;
    }),
  ];
}

/** Whether the last entry costs what the first did. */
function flat(reports: readonly SizeReport[]): string[] {
  const [first, ...others] = reports;
  if (first === undefined || others.length === 0) return [];
  const lines = others.flatMap(({ size, rows }) =>
    rows.slice(0, 2).map((row, i) => {
      const ratio = row.figure / (first.rows[i]?.figure ?? Number.NaN);
      return `| ${row.what} | ${rounded(size)} | ${ratio.toFixed(2)} | ≥ 0.9 |`;
    }),
  );
  return [
    '## Flat',
    '',
    `Rates compared with those at ${rounded(first.size)} entries.`,
    '',
    '| what | entries | ratio | aim |',
    '|---|---|---|---|',
    ...lines,
    '',
  ];
}
