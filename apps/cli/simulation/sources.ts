/** Where entries of a type come from in a simulated year. */
export type Source = 'story' | 'registry' | 'admission' | 'use' | 'nobody';

/**
 * Types that no story tells: what is recorded once, before anything is shared, and what the ledger or a data protection
 * officer makes of the year when it is used. All others are told by stories.
 */
const elsewhere: Readonly<Record<string, Exclude<Source, 'story'>>> = {
  AgencyAdmitted: 'admission',
  AgencySuspended: 'registry',
  AgreementAdopted: 'registry',
  AgreementAmended: 'registry',
  AgreementTerminated: 'registry',
  ProcessingActivityRegistered: 'registry',
  DpiaRecorded: 'registry',
  PriorConsultationRecorded: 'registry',
  PolicyPublished: 'registry',
  RulePackPublished: 'registry',
  RoleDefined: 'registry',
  KeyRegistered: 'registry',
  KeyRotated: 'registry',
  KeyRevoked: 'registry',
  // Whoever looks makes it.
  LedgerAccessed: 'use',
  ExportIssued: 'use',
  CheckNoteRaised: 'use',
  // Only a data protection officer answers a check note, and only once there is one: the demo's officers do.
  CheckNoteAssessed: 'use',
  // A log is pruned after years, and by no ledger yet: ADR 0016.
  LogPruned: 'nobody',
};

/** Where entries of this type come from. */
export const sourceOf = (type: string): Source => elsewhere[type] ?? 'story';
