import type { AgencyId, ExchangeId, EntryId, ExchangeVersion, Fault, Instant, LogName } from '#kernel';
import type { BlockName, JsonObject } from '#statement';
import type { ExchangeHead } from './exchange-head.js';
import type { Nested } from './kind.js';
import type { Labels, Language } from './vocabulary.js';

/** How long a block is kept, by the recording agency's own law: while the data may be held, as a log, with the case. */
export type RetentionClass = 'record' | 'log' | 'decision';

/** An entry as an agency sends it. */
export interface EntryBody {
  readonly id: string;
  readonly type: string;
  readonly exchange?: string;
  readonly occurredAt: string;
  readonly data: JsonObject;
}

/** An entry whose form was checked. Whether its sender may record it is another question. */
export interface ValidEntry {
  readonly id: EntryId;
  readonly type: string;
  readonly exchange: ExchangeId | null;
  readonly occurredAt: Instant;
  readonly data: JsonObject;
  /** The number of entries the sender believes the exchange to have. */
  readonly expectedVersion: ExchangeVersion | null;
}

/** What an exchange learns of one entry: block `terms` and the wrapper, so that a register can be rebuilt from them. */
export interface Said {
  readonly issuer: AgencyId;
  readonly type: string;
  readonly terms: JsonObject;
  readonly occurredAt: Instant;
}

/**
 * What entries belong to beside an exchange: those of one matter are judged and shown together. It is named by the id
 * of the entry that opened it.
 */
export type MatterKind =
  | 'audit'
  | 'breach'
  | 'case'
  | 'check-note'
  | 'conference'
  | 'consent'
  | 'decision'
  | 'deferral'
  | 'indirect-access'
  | 'legal-hold'
  | 'originator-consent'
  | 'outage'
  | 'regulator-request'
  | 'restriction'
  | 'rights-request'
  | 'secrecy-release';

/** Everything the ledger knows of one kind of entry. Functions read block `terms` only and take any JSON in it. */
export interface EntryType {
  /** Past tense: what happened. */
  readonly name: string;
  readonly title: Labels;
  readonly log: LogName;
  readonly exchange: 'required' | 'optional' | 'none';
  /** In which capacity its sender must be known; `dpo`: the data protection officer of the agency that records it. */
  readonly recordedBy: 'agency' | 'dpo' | 'operator' | 'ledger';
  /** 1 until the type changes; old versions are upcast on reading, stored bytes never. */
  readonly dataVersion: number;
  /** The class-validator class of `data`. */
  readonly data: Nested;
  /** Classes that differ from the usual one of a block. */
  readonly retention?: Readonly<Partial<Record<BlockName, RetentionClass>>>;
  /**
   * The matter it belongs to. `openedBy` is the field of `terms` that holds the id of the entry that opened it; without
   * one, an entry of this type opens a matter itself.
   */
  readonly matter?: { readonly kind: MatterKind; readonly openedBy?: string };
  /**
   * What its sender got wrong although every field has its form, with pointers into the data. Asked only then. It is
   * for contradictions within the data itself, never for what a rule or other entries say; what is missing is none.
   *
   * @param types every type an entry can have, for an entry that speaks of fields of others
   */
  faults?(data: JsonObject, types: ReadonlyMap<string, EntryType>): readonly Fault[];
  /**
   * Facts about fields of other blocks that rules need, put among `present`; never the field's own value, and never
   * named like a field. It takes any JSON.
   */
  codes?(data: JsonObject): readonly string[];
  /**
   * The field of `terms` that holds the id of another entry of the same agency: neither is ever shown without the other.
   * An id that nobody has used yet is none of anybody's.
   */
  readonly shownWith?: string;
  /**
   * The field of `terms` that holds the id of a check note: only the agency whose check note it is says this, and
   * nobody else learns that there is one.
   */
  readonly assesses?: string;
  /** Bodies named as addressee or recipient: they join the exchange's parties. */
  recipients?(terms: JsonObject): readonly AgencyId[];
  /** Why this is not the issuer's to say, or null. Order never is a reason. */
  refusal?(head: ExchangeHead | null, said: Said): string | null;
  /** How the entry moves an exchange whose parties and version already count it. */
  moves?(head: ExchangeHead, said: Said): ExchangeHead;
  /** One sentence for people, whatever is missing. */
  sentence(terms: JsonObject, language: Language): string;
  /** A complete valid entry: shown in the API's documentation, posted by a test. */
  readonly example: EntryBody;
}

const usual: Readonly<Record<BlockName, RetentionClass>> = {
  terms: 'record',
  people: 'record',
  told: 'record',
  staff: 'log',
  reasons: 'log',
  withheld: 'decision',
};

export const retentionOf = ({ retention }: EntryType, block: BlockName): RetentionClass =>
  retention?.[block] ?? usual[block];
