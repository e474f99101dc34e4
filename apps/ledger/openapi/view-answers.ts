import { agency, Always, codesOf, count, flag, instant, oneOf, orNull, text, uuid } from './values.js';

/** What every answer of a view says. */
export class ViewAnswer {
  @Always(count, 'Entries of the log that the answer takes account of.')
  readonly completeUpTo: number;

  @Always(text, 'How far the answer is complete, in a sentence. Show it beside the answer.')
  readonly note: string;
}

/** One category of data passed on to one recipient. */
export class DisclosureRow {
  @Always(count, 'Place of the entry in the log `entries`.')
  readonly index: number;

  @Always(uuid, 'Id of the entry.')
  readonly entry: string;

  @Always(uuid, 'Its exchange.')
  readonly exchange: string;

  @Always(orNull(text), '`disclosureId`; null: not given.')
  readonly disclosure: string | null;

  @Always(agency, 'Who passed it on.')
  readonly from: string;

  @Always(orNull(agency), 'To whom; null: not given.')
  readonly to: string | null;

  @Always(orNull(text), 'Code of the vocabulary data-category; null: not given.')
  readonly category: string | null;

  @Always(count, 'Lines of the manifest in this category.')
  readonly items: number;

  @Always(flag, 'One of them is said to be of a special category.')
  readonly special: boolean;

  @Always(orNull(text), 'Code of the vocabulary purpose; null: not given.')
  readonly purpose: string | null;

  @Always(orNull(text), 'The power to transmit, a code of the vocabulary legal-basis; null: not given.')
  readonly legalBasis: string | null;

  @Always(orNull(text), 'Its provision of national law; null: not given.')
  readonly provision: string | null;

  @Always(flag, 'Passed on without a request.')
  readonly spontaneous: boolean;

  @Always(flag, 'Whoever passed it on has declared it incorrect, unlawful or superseded.')
  readonly invalidated: boolean;

  @Always(instant, 'When, as its sender says.')
  readonly occurredAt: string;

  @Always(instant, 'When the ledger recorded it.')
  readonly recordedAt: string;
}

export class DisclosurePage extends ViewAnswer {
  @Always({ type: [DisclosureRow] }, 'In the order of recording.')
  readonly disclosures: readonly DisclosureRow[];
}

/** What went from one body to another in one category. */
export class Flow {
  @Always(agency, 'Who passed it on.')
  readonly from: string;

  @Always(orNull(agency), 'To whom; null: not given.')
  readonly to: string | null;

  @Always(orNull(text), 'Code of the vocabulary data-category; null: not given.')
  readonly category: string | null;

  @Always(count, 'How many disclosures.')
  readonly disclosures: number;

  @Always(count, 'Lines of their manifests in this category.')
  readonly items: number;

  @Always(count, 'Disclosures with data said to be of a special category.')
  readonly special: number;
}

export class Flows extends ViewAnswer {
  @Always({ type: [Flow] }, 'Sorted by sender, recipient, category.')
  readonly flows: readonly Flow[];
}

export class DecisionCount {
  @Always(orNull(oneOf(codesOf('decision'))), 'Code of the vocabulary decision; null: the outcome is missing.')
  readonly outcome: string | null;

  @Always(count, 'How many.')
  readonly count: number;
}

/** Disclosures, counted once for each recipient. */
export class DisclosureCounts {
  @Always(count, 'All.')
  readonly total: number;

  @Always(count, 'Without a request.')
  readonly spontaneous: number;

  @Always(count, 'Said to answer a request, but none is recorded in their exchange.')
  readonly withoutRequest: number;

  @Always(count, 'The recipient has not recorded that it received them.')
  readonly withoutReceipt: number;

  @Always(count, 'The recipient has given no feedback.')
  readonly withoutFeedback: number;

  @Always(count, 'Declared incorrect, unlawful or superseded.')
  readonly invalidated: number;
}

/** What agencies recorded themselves, in numbers. */
export class Summary extends ViewAnswer {
  @Always(count, 'Entries.')
  readonly entries: number;

  @Always(count, 'Recorded more than 24 hours after they occurred.')
  readonly late: number;

  @Always({ type: 'object', additionalProperties: count }, 'Entries by type.')
  readonly types: Readonly<Record<string, number>>;

  @Always({ type: [DecisionCount] }, 'Decisions by outcome.')
  readonly decisions: readonly DecisionCount[];

  @Always({ type: DisclosureCounts }, 'Disclosures.')
  readonly disclosures: DisclosureCounts;
}

/** A look at an entry, a search, or an export. */
export class AccessRow {
  @Always(count, 'Place in the log `entries` of the entry that records it.')
  readonly index: number;

  @Always(uuid, 'Id of that entry.')
  readonly entry: string;

  @Always(oneOf(['LedgerAccessed', 'ExportIssued']), 'A look or a search, or a trail that was taken.')
  readonly type: string;

  @Always(orNull(agency), 'The body that looked.')
  readonly accessor: string | null;

  @Always(orNull(agency), 'Whose entries were looked at; null for an export.')
  readonly owner: string | null;

  @Always(orNull(uuid), 'The entry that was opened; null for a search or an export.')
  readonly lookedAt: string | null;

  @Always(orNull(oneOf(codesOf('role'))), 'In which role.')
  readonly role: string | null;

  @Always(orNull(oneOf(codesOf('access-purpose'))), 'What for; null: no block was opened.')
  readonly purpose: string | null;

  @Always(flag, 'The owner does not learn of it yet.')
  readonly hidden: boolean;

  @Always(instant, 'When.')
  readonly occurredAt: string;
}

export class Accesses extends ViewAnswer {
  @Always({ type: [AccessRow] }, 'In the order of recording.')
  readonly accesses: readonly AccessRow[];
}
