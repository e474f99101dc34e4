import { validateEntry, type EntryBody } from '#catalogue';
import { DomainError, type AgencyId, type Clock } from '#kernel';
import type { JsonValue } from '#statement';
import { deliver, type Parcel } from '../delivery.js';
import { derivedId } from '#statement';
import { LedgerRefused, type LedgerClient } from '../ledger-client.js';
import type { MappedEvent } from './fhir-audit-event.js';
import type { FileRecord } from './record-file.js';

/** How many records came to which end. */
export interface ImportSummary {
  recorded: number;
  /** recorded at an earlier import; nothing changed */
  known: number;
  /** not readable, or nothing an entry stands for */
  unmapped: number;
  refused: number;
}

export interface Import {
  readonly records: AsyncIterable<FileRecord> | Iterable<FileRecord>;
  /** @throws Unmappable */
  readonly map: (value: JsonValue) => MappedEvent;
  readonly client: LedgerClient;
  readonly clock: Clock;
  /** one line for people on each record */
  readonly report: (line: string) => void;
}

type MappedParcel = Parcel & Pick<MappedEvent, 'leftBehind'> & { readonly place: string };

/**
 * Records what a file of another system says, one entry a submission, so that one refusal concerns one record. Agencies
 * the ledger does not know are admitted, where there is an operator's token.
 *
 * @throws LedgerUnreachable, and LedgerRefused when the ledger takes no token
 */
export async function importRecords(work: Import): Promise<ImportSummary> {
  const summary: ImportSummary = { recorded: 0, known: 0, unmapped: 0, refused: 0 };
  await deliver(mapped(work, summary), {
    concurrency: 8,
    batch: 1,
    window: 400,
    send: async (agency, [parcel]) => {
      if (parcel) await recordOne(work, agency, parcel, summary);
    },
  });
  return summary;
}

async function* mapped({ records, map, clock, report }: Import, summary: ImportSummary): AsyncGenerator<MappedParcel> {
  for await (const record of records) {
    const { place } = record;
    const outcome = 'value' in record ? attempt(() => map(record.value), clock) : record.fault;
    if (typeof outcome === 'string') {
      summary.unmapped += 1;
      report(`${place}: not imported: ${outcome}`);
    } else yield { place, ...outcome };
  }
}

/** The entry, or why there is none. */
function attempt(map: () => MappedEvent, clock: Clock): MappedEvent | string {
  try {
    const event = map();
    validateEntry(event.body, clock.now());
    return event;
  } catch (error) {
    if (error instanceof DomainError) {
      return error.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ');
    }
    if (error instanceof Error && error.name === 'Unmappable') return error.message;
    throw error;
  }
}

async function recordOne(
  { client, report }: Import,
  agency: AgencyId,
  { place, body, leftBehind }: MappedParcel,
  summary: ImportSummary,
): Promise<void> {
  try {
    const { isRepeat } = await recordAdmitted(client, agency, body);
    summary[isRepeat ? 'known' : 'recorded'] += 1;
    const what = `${body.type} of ${agency} ${isRepeat ? 'known already' : 'recorded'}`;
    const left = leftBehind.length > 0 ? `; not carried over: ${leftBehind.map(shown).join(' ')}` : '';
    report(`${place}: ${what}${left}`);
  } catch (error) {
    const isOnlyThis = error instanceof LedgerRefused ? error.status !== 401 : isNoToken(error);
    if (!isOnlyThis || !(error instanceof Error)) throw error;
    summary.refused += 1;
    report(`${place}: not recorded: ${error.message}`);
  }
}

async function recordAdmitted(client: LedgerClient, agency: AgencyId, body: EntryBody) {
  try {
    return await client.record(agency, [body]);
  } catch (error) {
    if (!(error instanceof LedgerRefused) || error.code !== 'agency-not-admitted') throw error;
    await client.admit(agency, admissionOf(agency));
    return client.record(agency, [body]);
  }
}

const isNoToken = (error: unknown): boolean => error instanceof Error && error.name === 'NoToken';

/** An import knows nothing of an agency but its id. */
function admissionOf(agency: AgencyId): EntryBody {
  const notGiven = { missing: 'not-given' } as const;
  return {
    id: derivedId('nachweis import', `admission of ${agency}`),
    type: 'AgencyAdmitted',
    occurredAt: '2020-01-01T00:00:00.000Z',
    data: {
      agency,
      name: notGiven,
      kind: notGiven,
      regime: notGiven,
      pack: notGiven,
      contactPoint: notGiven,
      admittedFrom: notGiven,
      admissionBasis: 'Named as the recording agency in an import.',
    },
  };
}

/** A pointer repeats names of the source's fields, which may hold anything: letters that could steer a terminal go. */
const shown = (pointer: string): string => pointer.replaceAll(/[^\w/.~:-]/g, '?').slice(0, 120);
