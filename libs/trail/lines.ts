import type { LeafIndex } from '#kernel';

/** Why a block of an entry is not disclosed. */
export const redactionReasons = ['erased', 'not-authorised', 'not-available'] as const;
export type RedactionReason = (typeof redactionReasons)[number];

export interface Redaction {
  readonly reason: RedactionReason;
  readonly count: number;
}

/** A line of `redactions.tsv`: of so many blocks of an entry so many are disclosed, the others not, and why. */
export interface RedactionLine {
  readonly blocks: number;
  readonly disclosed: number;
  readonly redactions: readonly Redaction[];
}

/** A line of `index.tsv`. @param offset of the entry's first byte in `entries.ndjson` */
export const formatIndexLine = (index: LeafIndex, leafHash: Buffer, offset: number): string =>
  `${index}\t${leafHash.toString('hex')}\t${offset}`;

/** A line of `disclosures.ndjson`, in RFC 8785 form: a disclosure has letters, digits, `-` and `_` only. */
export const formatDisclosuresLine = (index: LeafIndex, disclosures: readonly string[]): string =>
  `{"d":["${disclosures.join('","')}"],"i":${index}}`;

/**
 * The disclosures in such a line; `undefined` when it is malformed. They are cut out, not decoded: what is no
 * disclosure has no digest that an entry commits to.
 */
export function parseDisclosuresLine(index: LeafIndex, line: string): readonly string[] | undefined {
  const start = '{"d":["';
  const end = `"],"i":${index}}`;
  if (!line.startsWith(start) || !line.endsWith(end) || line.length < start.length + end.length) return undefined;
  return line.slice(start.length, -end.length).split('","');
}

export function formatRedactionLine(index: LeafIndex, { blocks, disclosed, redactions }: RedactionLine): string {
  const reasons = redactions.map(({ reason, count }) => `${reason}=${count}`);
  return `${index}\t${blocks}\t${disclosed}\t${reasons.join(' ')}`;
}

const redactionForm = /^(0|[1-9]\d{0,8})\t(0|[1-9]\d{0,8})\t([a-z-]+=[1-9]\d{0,8}(?: [a-z-]+=[1-9]\d{0,8})*)$/;

const recent = new Map<string, RedactionLine | undefined>();
const rememberedLines = 1000;

/**
 * Reads such a line; `undefined` unless it is exactly what {@link formatRedactionLine} writes for this entry. Many
 * lines differ in the entry only, so the rest is remembered.
 */
export function parseRedactionLine(index: LeafIndex, line: string): RedactionLine | undefined {
  const start = `${index}\t`;
  if (!line.startsWith(start)) return undefined;
  const rest = line.slice(start.length);
  if (!recent.has(rest)) {
    if (recent.size === rememberedLines) recent.clear();
    recent.set(rest, parseCounts(rest));
  }
  return recent.get(rest);
}

function parseCounts(text: string): RedactionLine | undefined {
  const [, blocks, disclosed, reasons = ''] = redactionForm.exec(text) ?? [];
  const redactions: Redaction[] = [];
  for (const part of reasons.split(' ')) {
    const [name, count] = part.split('=');
    const reason = redactionReasons.find((known) => known === name);
    if (reason === undefined) return undefined;
    redactions.push({ reason, count: Number(count) });
  }
  return { blocks: Number(blocks), disclosed: Number(disclosed), redactions };
}

/** The entry a line of `index.tsv` or `redactions.tsv` is about. */
export const tabbedKey = (line: string): string => line.slice(0, Math.max(0, line.indexOf('\t')));

/** The entry a line of `disclosures.ndjson` is about. */
export const disclosuresKey = (line: string): string => line.slice(line.lastIndexOf(':') + 1, -1);
