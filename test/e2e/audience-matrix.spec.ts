import { entryTypes, fieldsOf, type EntryBody, type Field } from '#catalogue';
import { blockNames, type BlockName, type JsonObject, type JsonValue } from '#statement';
import type { Answer, Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { familyName, plant } from './planted.js';
import { entryLike, freshId, request } from './sample-entries.js';
import { contentOf, ordered } from './trails.js';
import { unpack } from '../../libs/trail/testing/repack.js';

const [own, addressed, party, stranger] = ['own.example', 'addressed.example', 'party.example', 'stranger.example'];
const look = { 'Access-Purpose': 'lawfulness-check' };

/** Who asks: in the words of domain §7. */
const callers = {
  'own worker': ['agency', own],
  'own dpo': ['dpo', own],
  'addressed worker': ['agency', addressed],
  'addressed dpo': ['dpo', addressed],
  'party worker': ['agency', party],
  'party dpo': ['dpo', party],
  'stranger worker': ['agency', stranger],
  'stranger dpo': ['dpo', stranger],
  'competent regulator': ['regulator', own],
  'regulator of the addressed': ['regulator', addressed],
  'regulator of strangers': ['regulator', stranger],
  operator: ['operator', 'host.example'],
} as const;
type CallerName = keyof typeof callers;
const callerNames = Object.keys(callers) as CallerName[];

/**
 * Domain §1 and §7, one letter a block in the order terms, people, told, staff, reasons, withheld; `-` where it is not for
 * them; `404` where the entry does not exist for them; six dashes where its leaf does, and nothing of its content.
 *
 * | block    | audience, §1                                            |
 * |----------|---------------------------------------------------------|
 * | terms    | both parties; their DPOs; competent supervisor          |
 * | people   | both parties (a DPO of the other side: terms, told, §7) |
 * | told     | both parties                                            |
 * | staff    | own agency's DPO; competent supervisor                  |
 * | reasons  | own agency; competent supervisor                        |
 * | withheld | own DPO; competent supervisor                           |
 */
type Audience = Readonly<Record<CallerName, string>>;

const nobody = Object.fromEntries(callerNames.map((name) => [name, '404'])) as Audience;

/** Nobody's but its agency's: without exchange, or hidden. */
const ownAlone: Audience = {
  ...nobody,
  'own worker': 'tpt-r-',
  'own dpo': 'tptsrw',
  'competent regulator': 'tptsrw',
  operator: '------',
};
/** Addressed to one party of an exchange; the others of it know that it happened. */
const toOne: Audience = {
  ...ownAlone,
  'addressed worker': 'tpt---',
  'addressed dpo': 't-t---',
  'party worker': 't-----',
  'party dpo': 't-----',
};
/** Without exchange, but addressed to somebody. */
const toOneApart: Audience = { ...toOne, 'party worker': '404', 'party dpo': '404' };
/** Recorded in an exchange and addressed to nobody: to all of its parties. The addressed agency is none of them. */
const toParties: Audience = { ...ownAlone, 'party worker': 'tpt---', 'party dpo': 't-t---' };
/** §5: seen by the own DPO, by supervisors on their order. */
const forOfficers: Audience = { ...ownAlone, 'own worker': '404' };
/** §7: who looked is for officers and supervisors of both sides; which member of staff, for the side that looked. */
const lookAtAddressed: Audience = {
  ...forOfficers,
  'addressed dpo': 't-t---',
  'regulator of the addressed': 't-t---',
};
/** What the operator says of the ledger itself: no person, no content of anybody. Who of its staff acted stays there. */
const ofOperator: Audience = Object.fromEntries(
  callerNames.map((name) => [name, name.endsWith('worker') ? '404' : name === 'operator' ? 'tptsrw' : 't-t-r-']),
) as Audience;

/** Types that name nobody they are for (§3): what an agency notes for itself, or for all in the room. */
const forAllParties = new Set(
  `InformationConsulted ProcessingOperationLogged EntryCorrected
   CaseReviewed CaseClosed PostClosureReviewed ContributionDeclined MinutesApproved
   DecisionRecorded DecisionContested DecisionReversed ConsentRecorded ConsentWithdrawn SecrecyReleaseRecorded
   EmergencyDisclosureJustified DataSubjectInformed NotificationDeferred DeferralReviewed`.split(/\s+/),
);
/** Types without exchange that are for nobody but the own agency. */
const forOwn = new Set(
  `AnonymousConsultationHeld RightsRequestReceived RightsRequestExtended RightsRequestDecided RightsRequestFulfilled
   BreachDetected BreachAssessed BreachClosed IdentityResolved RegulatorRequestReceived RegulatorRequestAnswered
   AuditPerformed TrainingHeld RetentionReviewed LegalHoldPlaced LegalHoldReleased IntegrityVerified
   SealedEntryRecorded`.split(/\s+/),
);
const special: Readonly<Record<string, Audience>> = {
  CheckNoteRaised: forOfficers,
  CheckNoteAssessed: forOfficers,
  LedgerAccessed: lookAtAddressed,
  ExportIssued: forOfficers,
  ErasureExecuted: forOfficers,
  SystemOutageRecorded: ofOperator,
};

const audienceOf = ({ type, exchange }: EntryBody): Audience =>
  special[type] ??
  (forOwn.has(type) ? ownAlone : forAllParties.has(type) ? toParties : exchange === undefined ? toOneApart : toOne);

interface Planted {
  readonly entry: EntryBody;
  readonly markers: ReadonlyMap<string, BlockName>;
}

/** Every agency that a type names becomes the addressed one; of the ledger's own, the one it speaks of is the own. */
function named(type: Parameters<typeof fieldsOf>[0], data: JsonObject, agency: string): JsonObject {
  const fields = fieldsOf(type);
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      const field = fields.get(name);
      return [name, field === undefined ? value : renamed(field, value, agency)];
    }),
  );
}

const isAgency = (schema: Readonly<Record<string, unknown>>): boolean => schema['pattern'] === '^[a-z0-9.-]{1,63}$';

function renamed({ kind }: Field, value: JsonValue, agency: string): JsonValue {
  const { nested, element } = kind;
  if (nested && Array.isArray(value)) {
    return value.map((one) => named(nested, one as JsonObject, agency));
  }
  if (nested) return named(nested, value as JsonObject, agency);
  if (element && isAgency(element.schema)) return [agency];
  return isAgency(kind.schema) ? agency : value;
}

function planted(type: string, visibility: 'open' | 'restricted'): Planted {
  const { exchange, recordedBy, data: fields } = entryTypes.get(type) ?? missing(type);
  const { data, texts } = plant(type);
  const about = recordedBy === 'agency' || recordedBy === 'dpo' ? addressed : own;
  const said = named(fields, data, about);
  const ownSide = type === 'LedgerAccessed' ? { owner: addressed } : {};
  const entry = entryLike(type, { ...(exchange !== 'none' && { exchange: freshId() }) });
  const hides = fieldsOf(fields).has('visibility') ? { visibility } : {};
  return { entry: { ...entry, data: { ...said, ...ownSide, ...hides } }, markers: texts };
}

function missing(type: string): never {
  throw new Error(`no entry type ${type}`);
}

const types = [...entryTypes.values()].filter(({ log }) => log === 'entries').map(({ name }) => name);

let running: RunningLedger;
let by: Readonly<Record<CallerName, Caller>>;
let open: readonly Planted[];
let hidden: readonly Planted[];

async function record({ entry }: Planted): Promise<void> {
  const { recordedBy = 'ledger' } = entryTypes.get(entry.type) ?? {};
  if (recordedBy === 'ledger') return running.recordOwn(entry);
  if (entry.exchange !== undefined) {
    const opening = request({ exchange: entry.exchange, data: { addressee: party } });
    const { visibility } = entry.data;
    await by['own worker'].record({ ...opening, data: { ...opening.data, visibility: visibility ?? 'open' } });
  }
  const who = { agency: 'own worker', dpo: 'own dpo', operator: 'operator' } as const;
  const { status, text } = await by[who[recordedBy]].record(entry);
  expect([entry.type, status, status === 201 ? '' : text]).toEqual([entry.type, 201, '']);
}
