import { blockNames, type BlockName } from '#statement';
import { ledgerIssuer, type AgencyId } from '#kernel';
import type { Caller, Role } from './caller.js';

/** What decides who may read an entry that a body recorded. */
export interface RecordedEntry {
  readonly kind: 'recorded';
  readonly issuer: AgencyId;
  /** The bodies of the exchange, the issuer among them; for an entry without exchange, the bodies it names. */
  readonly parties: readonly AgencyId[];
  /** The bodies this entry is addressed to. None named: all parties. */
  readonly recipients: readonly AgencyId[];
}

/** What decides who may read an entry in which the ledger records a look: LedgerAccessed, ExportIssued. */
export interface RecordedLook {
  readonly kind: 'look';
  /** the body that looked, and in which role */
  readonly accessor: AgencyId;
  readonly role: Role;
  readonly purpose: string;
  /** the agencies whose entries were looked at */
  readonly owners: readonly AgencyId[];
  /** a hidden look that its body has released */
  readonly released: boolean;
}

/** What decides who may read a check note, or what was made of it: it is for who answers for an agency. */
export interface RecordedNote {
  readonly kind: 'note';
  /** the agency it was raised for */
  readonly agency: AgencyId;
}

/** What the operator records of the ledger itself: no persons, no content. */
export interface RecordedOutage {
  readonly kind: 'outage';
}

export type Audience = RecordedEntry | RecordedLook | RecordedNote | RecordedOutage;

const shared: readonly BlockName[] = ['terms', 'told'];
const outage: readonly BlockName[] = ['terms', 'told', 'reasons'];
const none: readonly BlockName[] = [];

/**
 * The blocks of an entry its caller may open.
 *
 * @returns no block for a caller who may see the leaf only; undefined when the entry does not exist for the caller,
 * who must get the same answer as for an id nobody ever used
 */
export function openableBlocks(caller: Caller, entry: Audience): readonly BlockName[] | undefined {
  if (entry.kind === 'outage') return blocksOfOutage(caller);
  if (caller.role === 'operator') return none;
  if (entry.kind === 'note') return blocksOfNote(caller, entry);
  return entry.kind === 'look' ? blocksOfLook(caller, entry) : blocksOfRecord(caller, entry);
}

/** Until a data protection officer has looked, a check note says nothing: never to case workers, nor to other agencies. */
function blocksOfNote(caller: Caller, { agency }: RecordedNote): readonly BlockName[] | undefined {
  if (caller.role === 'regulator') return caller.competentFor.includes(agency) ? blockNames : undefined;
  return caller.role === 'dpo' && caller.agency === agency ? blockNames : undefined;
}

/** Who of the operator's staff acted is the operator's. */
function blocksOfOutage({ role }: Caller): readonly BlockName[] | undefined {
  if (role === 'operator') return blockNames;
  return role === 'agency' ? undefined : outage;
}

type Relation = 'own' | 'addressed' | 'party';

/** Per role that belongs to a party: what it may open of its own entries, of those addressed to it, of the others. */
const partyBlocks: Readonly<Record<'agency' | 'dpo', Readonly<Record<Relation, readonly BlockName[]>>>> = {
  agency: { own: ['terms', 'people', 'told', 'reasons'], addressed: ['terms', 'people', 'told'], party: ['terms'] },
  dpo: { own: blockNames, addressed: shared, party: ['terms'] },
};

function blocksOfRecord(caller: Caller, entry: RecordedEntry): readonly BlockName[] | undefined {
  if (entry.issuer === ledgerIssuer) return undefined;
  if (caller.role === 'regulator') return caller.competentFor.includes(entry.issuer) ? blockNames : undefined;
  const relation = relationOf(caller.agency, entry);
  return relation === undefined || caller.role === 'operator' ? undefined : partyBlocks[caller.role][relation];
}

function relationOf(agency: AgencyId, { issuer, parties, recipients }: RecordedEntry): Relation | undefined {
  if (agency === issuer) return 'own';
  if (recipients.includes(agency)) return 'addressed';
  if (!parties.includes(agency)) return undefined;
  return recipients.length === 0 ? 'addressed' : 'party';
}

/**
 * Who looked is for data protection officers and supervisors, never for case workers. The side that looked sees all of
 * it; the side that was looked at sees who looked and why, not which member of the other's staff.
 */
function blocksOfLook(caller: Caller, look: RecordedLook): readonly BlockName[] | undefined {
  if (caller.role === 'agency') return undefined;
  const responsible = caller.role === 'regulator' ? caller.competentFor : [caller.agency];
  if (responsible.includes(look.accessor)) return blockNames;
  if (!look.owners.some((owner) => responsible.includes(owner))) return undefined;
  return caller.role === 'dpo' && isHidden(look) ? undefined : shared;
}

/** Looks by supervisors and for criminal proceedings stay hidden from the agency until they are released. */
export const isHidden = ({ role, purpose, released }: Pick<RecordedLook, 'role' | 'purpose' | 'released'>): boolean =>
  !released && (role === 'regulator' || purpose === 'criminal-proceedings');
