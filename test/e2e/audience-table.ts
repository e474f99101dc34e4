import type { EntryBody } from '#catalogue';
import type { BlockName } from '#statement';

export const [own, addressed, party, stranger] = [
  'own.example',
  'addressed.example',
  'party.example',
  'stranger.example',
];

/** Who asks: in the words of domain §7. */
export const callers = {
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
export type CallerName = keyof typeof callers;
export const callerNames = Object.keys(callers) as CallerName[];

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
export const ownAlone: Audience = {
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
/** §7: what a supervisor looked at stays hidden from the agency; who else supervises the agency knows. */
const handedToSupervisor: Audience = { ...lookAtAddressed, 'addressed dpo': '404' };
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
  ExportIssued: handedToSupervisor,
  ErasureExecuted: forOfficers,
  SystemOutageRecorded: ofOperator,
};

export const audienceOf = ({ type, exchange }: EntryBody): Audience =>
  special[type] ??
  (forOwn.has(type) ? ownAlone : forAllParties.has(type) ? toParties : exchange === undefined ? toOneApart : toOne);

/** What each block holds, in the words of domain §1. */
export const holds: Readonly<Record<BlockName, string>> = {
  terms: 'purpose legalBasisTransmit legalBasisCollect dataCategory decision conditions channel agreement recipients',
  people: 'case subject subjectCategory ageBand recipientPersons itemRef',
  told: 'reasonTold retentionTold feedback',
  staff: 'actor actorFunction secondApprover onBehalfOf decidedBy',
  reasons: `justification necessity strictNecessity alternatives refusalReason gateway subjectRisk dpoAdvice balancing
    thirdPersonReason lateReason`,
  withheld: 'reasonsWithheld',
};
