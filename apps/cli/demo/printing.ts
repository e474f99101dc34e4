/** What `GET /v1/views/summary` answers, as far as it is printed. */
export interface SummaryAnswer {
  readonly entries: number;
  readonly late: number;
  readonly types: Readonly<Record<string, number>>;
  readonly decisions: readonly { readonly outcome: string | null; readonly count: number }[];
  readonly disclosures: {
    readonly total: number;
    readonly spontaneous: number;
    readonly withoutRequest: number;
    readonly withoutReceipt: number;
    readonly withoutFeedback: number;
    readonly invalidated: number;
  };
  readonly note: string;
}

/** What `GET /v1/views/flows` answers, as far as it is printed. */
export interface FlowsAnswer {
  readonly flows: readonly {
    readonly from: string;
    readonly to: string | null;
    readonly disclosures: number;
    readonly special: number;
  }[];
}

type Say = (text: string) => void;

export function printSummary({ entries, late, decisions, disclosures, note }: SummaryAnswer, say: Say): void {
  const { total, spontaneous, withoutRequest, withoutReceipt, withoutFeedback, invalidated } = disclosures;
  const rows: [string, number][] = [
    ['entries', entries],
    ['  recorded more than 24 hours late', late],
    ...decisions.map(({ outcome, count }): [string, number] => [`decisions: ${outcome ?? 'outcome not given'}`, count]),
    ['disclosures, each recipient counted', total],
    ['  spontaneous', spontaneous],
    ['  that answer a request nobody recorded', withoutRequest],
    ['  without a receipt of the other side', withoutReceipt],
    ['  without feedback', withoutFeedback],
    ['  found to be incorrect or unlawful', invalidated],
  ];
  for (const [what, count] of rows) say(`  ${what.padEnd(44)}${String(count).padStart(7)}`);
  say(`  ${note}`);
}

const shown = 6;

/** The busiest pairs of agencies. */
export function printFlows({ flows }: FlowsAnswer, say: Say): void {
  const pairs = new Map<string, { disclosures: number; special: number }>();
  for (const { from, to, disclosures, special } of flows) {
    const pair = `${from} → ${to ?? 'not given'}`;
    const sum = pairs.get(pair) ?? { disclosures: 0, special: 0 };
    pairs.set(pair, { disclosures: sum.disclosures + disclosures, special: sum.special + special });
  }
  const busiest = [...pairs].toSorted(([, a], [, b]) => b.disclosures - a.disclosures).slice(0, shown);
  say(`  The busiest of ${pairs.size} flows, by category of data passed on (special categories among them):`);
  for (const [pair, { disclosures, special }] of busiest) {
    say(`    ${pair.padEnd(52)}${String(disclosures).padStart(5)}  (${special})`);
  }
}
