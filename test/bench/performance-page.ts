import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { clusterSection, type ClusterResults } from './cluster/cluster-report.js';
import { performancePage, type Results } from './report.js';

/** Each bench writes its own results; the page is made of what there is of both. */
export const resultsFile = 'bench/results.json';
export const clusterResultsFile = 'bench/cluster-results.json';

const page = 'docs/performance.md';

export function writePerformancePage(): void {
  const results = read<Results>(resultsFile);
  const cluster = read<ClusterResults>(clusterResultsFile);
  const parts = [results && performancePage(results), cluster && clusterSection(cluster)];
  writeFileSync(page, parts.filter((part) => part !== undefined).join('\n'));
}

function read<Content>(file: string): Content | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Content) : undefined;
}
