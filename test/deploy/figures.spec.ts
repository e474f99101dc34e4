import { existsSync } from 'node:fs';
import { parse } from 'yaml';
import { figures } from '#platform';
import { check, deployed, itIsBuilt } from './deploy-files.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const known = new Map(Object.entries<{ kind: string; labels?: object }>(figures));
const { groups } = parse(deployed('prometheus/alerts.yaml')) as { groups: readonly { rules: readonly Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(deployed('grafana/nachweis.json')) as { panels: readonly Panel[] };
const targets = dashboard.panels.flatMap((panel) => panel.targets ?? []);
const expressions = [...rules.map(({ expr }) => expr), ...targets.map(({ expr }) => expr)];

const figureOf = (name: string): string => {
  const plain = name.replace('nachweis_', '');
  const base = plain.replace(/_(?:bucket|count|sum)$/, '');
  return known.get(base)?.kind === 'histogram' ? base : plain;
};
const figuresIn = (expression: string): string[] => (expression.match(/nachweis_\w+/g) ?? []).map(figureOf);

describe.each(expressions)('the expression %s', (expression) => {
  it('asks for figures there are', () => {
    expect(figuresIn(expression).filter((name) => !known.has(name))).toEqual([]);
  });

  it('groups by labels they have', () => {
    const everywhere = ['le', 'instance', 'job'];
    const labels = figuresIn(expression).flatMap((name) => Object.keys(known.get(name)?.labels ?? {}));
    const grouped = [...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
    expect(grouped.filter((label) => ![...everywhere, ...labels].includes(label))).toEqual([]);
  });
});

describe('the alerts', () => {
  it.each(rules)('$alert says how bad it is and what to do', ({ labels, annotations }) => {
    expect(['warning', 'critical']).toContain(labels.severity);
    expect(annotations.summary).not.toBe('');
    expect(existsSync(annotations.runbook)).toBe(true);
  });

  it('are named once each', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  itIsBuilt('are rules Prometheus takes', () => {
    expect(check(['rules', 'prometheus/alerts.yaml']).complaints).toBe('');
  });
});

describe('the dashboard', () => {
  it('shows every figure that tells how the cluster is', () => {
    const shown = new Set(targets.flatMap(({ expr }) => figuresIn(expr)));
    const about = [...known.keys()].filter((name) => /lag|age|halted|quarantined|waiting|outcome|refused/.test(name));
    expect(about.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('lays no panel over another', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}/${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  itIsBuilt('asks what Prometheus understands', () => {
    const queries = targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', '.*'));
    expect(check(['queries'], queries.join('\n')).complaints).toBe('');
  });
});
