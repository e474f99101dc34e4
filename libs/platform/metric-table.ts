import { logNames } from '#kernel';

/** What a figure is, for the process that keeps it and for the people who read it. */
interface Figure {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** which processes show it */
  readonly of: string;
  readonly help: string;
  /** every label with every value it can have; `null`: one of a short list that only the running process knows */
  readonly labels?: Readonly<Record<string, readonly string[] | null>>;
  /** upper bounds of the classes of a histogram */
  readonly buckets?: readonly number[];
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];
const sizes = [1, 2, 5, 10, 20, 50, 100, 200, 400];
const log = logNames;

/**
 * Every figure there is; `docs/metrics.md` is written from here. The labels are closed lists, so that no figure can
 * name an agency, a person or an entry.
 */
export const figures = {
  http_request_seconds: {
    kind: 'histogram',
    of: 'ledger',
    help: 'Time to answer a request, by the pattern of its route',
    labels: { method: null, route: null, status: null },
    buckets: seconds,
  },
  tree_size: { kind: 'gauge', of: 'ledger', help: 'Leaves under a checkpoint', labels: { log } },
  checkpoint_age_seconds: {
    kind: 'gauge',
    of: 'ledger',
    help: 'Time since a checkpoint was last known to cover the whole log; stays near the checkpoint interval',
    labels: { log },
  },
  sequencer_waiting_entries: {
    kind: 'gauge',
    of: 'ledger',
    help: 'Entries that wait for their place',
    labels: { log },
  },
  sequencer_batch_entries: {
    kind: 'histogram',
    of: 'ledger',
    help: 'Entries that shared an append',
    labels: { log },
    buckets: sizes,
  },
  sequencer_batch_seconds: {
    kind: 'histogram',
    of: 'ledger',
    help: 'Time from taking a batch to its answer: judging, vault, append',
    labels: { log },
    buckets: seconds,
  },
  sequencer_appends_total: {
    kind: 'counter',
    of: 'ledger',
    help: 'What became of appends: `others` are races lost to another ledger, repeated without an error to callers',
    labels: { log, outcome: ['stored', 'nothing', 'others', 'unknown'] },
  },
  entries_recorded_total: { kind: 'counter', of: 'ledger', help: 'Entries that got their place', labels: { log } },
  check_notes_raised_total: {
    kind: 'counter',
    of: 'ledger',
    help: 'Check notes this ledger has raised; `urgent` ones want somebody to look today',
    labels: { severity: ['urgent', 'high', 'medium', 'low'] },
  },
  check_notes_owed: {
    kind: 'gauge',
    of: 'ledger',
    help: 'Check notes that are to be raised and are not yet, as far as the last look counted them',
    labels: {},
  },
  check_notes_failing: {
    kind: 'gauge',
    of: 'ledger',
    help: 'Attempts to raise check notes that failed in a row; 0 while all goes well',
    labels: {},
  },
  check_notes_unfit_total: {
    kind: 'counter',
    of: 'ledger',
    help: 'Check notes that no entry can say and that are not raised; 0 unless the ledger itself errs',
    labels: {},
  },
  relay_lag_leaves: {
    kind: 'gauge',
    of: 'relay',
    help: 'Leaves of the log that are not in Kafka yet',
    labels: { log },
  },
  relay_position: {
    kind: 'gauge',
    of: 'relay',
    help: 'Size of the log up to which every leaf is in Kafka',
    labels: { log },
  },
  relay_published_total: {
    kind: 'counter',
    of: 'relay',
    help: 'Records that every in-sync replica confirmed',
    labels: { topic: ['ledger.entries.v1', 'ledger.registry.v1', 'ledger.checkpoints.v1'] },
  },
  relay_skipped_total: {
    kind: 'counter',
    of: 'relay',
    help: 'Leaves read again after a start and found in Kafka already',
    labels: { log },
  },
  relay_publish_seconds: {
    kind: 'histogram',
    of: 'relay',
    help: 'Time of a publish to one partition',
    labels: { topic: ['ledger.entries.v1', 'ledger.registry.v1', 'ledger.checkpoints.v1'] },
    buckets: seconds,
  },
  relay_waiting_bytes: { kind: 'gauge', of: 'relay', help: 'Leaves read but not confirmed yet', labels: { log } },
  relay_runs_total: {
    kind: 'counter',
    of: 'relay',
    help: 'How runs ended: `failed` ones begin again from the tails of the partitions',
    labels: { log, outcome: ['stopped', 'failed', 'refused'] },
  },
  projector_lag_leaves: {
    kind: 'gauge',
    of: 'projector',
    help: 'Leaves in the partitions of this process that a projection has not folded yet',
    labels: { projection: null },
  },
  projector_position: {
    kind: 'gauge',
    of: 'projector',
    help: 'Index after the last leaf of the partition that a projection folded',
    labels: { projection: null, partition: null },
  },
  projector_folded_total: {
    kind: 'counter',
    of: 'projector',
    help: 'Leaves folded into views',
    labels: { projection: null },
  },
  projector_quarantined_total: {
    kind: 'counter',
    of: 'projector',
    help: 'Leaves set aside because they cannot be folded; the rows of their exchange are marked incomplete',
    labels: { projection: null },
  },
  projector_halted: {
    kind: 'gauge',
    of: 'projector',
    help: '1 while a projection waits at a leaf it cannot fold',
    labels: { projection: null },
  },
  projector_skipped_total: {
    kind: 'counter',
    of: 'projector',
    help: 'Records that were folded before: repetitions, and what is read again after a start',
    labels: { projection: null },
  },
  projector_refused_records_total: {
    kind: 'counter',
    of: 'projector',
    help: 'Records that are not what they say, by what is wrong with them',
    labels: { reason: null },
  },
  projector_batch_seconds: {
    kind: 'histogram',
    of: 'projector',
    help: 'Time of a transaction: opening terms, folding, saving the position',
    labels: { projection: null },
    buckets: seconds,
  },
  projector_generation: {
    kind: 'gauge',
    of: 'projector',
    help: 'Generation of views: the one that answers, and the one that is being built',
    labels: { state: ['active', 'building'] },
  },
} as const satisfies Readonly<Record<string, Figure>>;

export type FigureName = keyof typeof figures;

type ValueOf<Values> = Values extends readonly (infer Value)[] ? Value : string;

/** The labels that every value of a figure has. */
export type LabelsOf<Name extends FigureName> = (typeof figures)[Name] extends { labels: infer Labels }
  ? { readonly [Label in keyof Labels]: ValueOf<Labels[Label]> }
  : Readonly<Record<never, string>>;

export type NameOf<Kind extends Figure['kind']> = {
  [Name in FigureName]: (typeof figures)[Name]['kind'] extends Kind ? Name : never;
}[FigureName];

/** Before every name, so that it is found among the figures of others. */
export const figurePrefix = 'nachweis_';

/** The table of figures for people: `docs/metrics.md` is exactly this text. */
export function metricsMarkdown(): string {
  const rows = Object.entries<Figure>(figures).map(
    ([name, { kind, of, help, labels = {} }]) =>
      `| \`${figurePrefix}${name}\` | ${kind} | ${of} | ${labelsText(labels)} | ${help} |`,
  );
  return [
    '# Metrics',
    '',
    'The ledger shows its figures to operators at `/metrics` of its own port; relay and projector show theirs to anybody',
    'at `NACHWEIS_METRICS_PORT`. Labels have closed lists of values: no figure names an agency, a person or an entry.',
    'Beside these, every process shows the usual figures of Node.js (`process_…`, `nodejs_…`).',
    '',
    '| name | kind | process | labels | meaning |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function labelsText(labels: Readonly<Record<string, readonly string[] | null>>): string {
  const texts = Object.entries(labels).map(([label, values]) =>
    values === null ? `\`${label}\`` : `\`${label}\`: ${values.map((value) => `\`${value}\``).join(', ')}`,
  );
  return texts.length === 0 ? 'none' : texts.join('; ');
}
