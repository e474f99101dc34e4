import { createHash } from 'node:crypto';
import { entryTypes, type EntryBody } from '#catalogue';

/** Who records in the bench. */
export const agencies = ['police.example', 'youth-office.example'] as const;
export type BenchAgency = (typeof agencies)[number];

export interface BenchBatch {
  readonly agency: BenchAgency;
  readonly lines: readonly string[];
}

/** A UUID of version 8 that is the same in every run. */
export function benchId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function entry(type: string, number: number, kind: string): string {
  const example = entryTypes.get(type)?.example;
  if (example === undefined) throw new RangeError(type);
  const body: EntryBody = {
    ...example,
    id: benchId(`${kind} ${type} ${number}`),
    exchange: benchId(`${kind} exchange ${number}`),
    data: { ...example.data, case: `case-${number % 5_000}`, subject: `person-${number % 5_000}` },
  };
  const { disclosureId, ...data } = body.data;
  const named = disclosureId === undefined ? data : { ...data, disclosureId: benchId(`${kind} disclosure ${number}`) };
  return JSON.stringify({ ...body, data: named });
}

/** Exchanges of three entries each (request, decision, disclosure), in batches that are in order when sent in turn. */
export function* batches(total: number, kind: string, lines = 400): Generator<BenchBatch> {
  for (let done = 0, first = 0; done < total; first += lines) {
    for (const [agency, type] of steps) {
      const count = Math.min(lines, total - done);
      if (count === 0) return;
      yield { agency, lines: Array.from({ length: count }, (_, i) => entry(type, first + i, kind)) };
      done += count;
    }
  }
}

const steps = [
  ['police.example', 'InformationRequested'],
  ['youth-office.example', 'RequestDecided'],
  ['youth-office.example', 'InformationDisclosed'],
] as const;

/** One disclosure that opens its own exchange. */
export const single = (number: number, kind: string): string => entry('InformationDisclosed', number, kind);

export const admission = (agency: string): string => {
  const example = entryTypes.get('AgencyAdmitted')?.example;
  return JSON.stringify({ ...example, id: benchId(`admit ${agency}`), data: { ...example?.data, agency } });
};
