import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { accountabilitySection, type AccountabilityResults } from './accountability/accountability-report.js';
import { clusterSection, type ClusterResults } from './cluster/cluster-report.js';
import { performancePage, type Results } from './report.js';

/** Each bench writes its own results; the page is made of what there is of all. */
export const resultsFile = 'bench/results.json';
export const clusterResultsFile = 'bench/cluster-results.json';
export const accountabilityResultsFile = 'bench/accountability-results.json';

const page = 'docs/performance.md';

export function writePerformancePage(): void {
  const results = read<Results>(resultsFile);
  const cluster = read<ClusterResults>(clusterResultsFile);
  const accountability = read<AccountabilityResults>(accountabilityResultsFile);
  const parts = [
    results && performancePage(results),
    accountability && accountabilitySection(accountability),
    cluster && clusterSection(cluster),
  ];
  writeFileSync(page, parts.filter((part) => part !== undefined).join('\n'));
}

function read<Content>(file: string): Content | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Content) : undefined;
}
