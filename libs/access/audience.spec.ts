import { agencyId, ledgerIssuer, type AgencyId } from '#kernel';
import { blockNames, type BlockName } from '#statement';
import { openableBlocks, type Audience, type Caller, type RecordedEntry, type RecordedLook, type Role } from '#access';

const [police, school, prison, clinic] = ['police', 'school', 'prison', 'clinic'].map(agencyId) as [
  AgencyId,
  AgencyId,
  AgencyId,
  AgencyId,
];
const supervisor = agencyId('supervisor');

const caller = (role: Role, agency: AgencyId, ...competentFor: AgencyId[]): Caller => ({
  subject: 's',
  role,
  agency,
  competentFor,
});

/** One letter a block, in the order terms, people, told, staff, reasons, withheld; `404` when the entry does not exist. */
function seenBy(who: Caller, entry: Audience): string {
  const blocks = openableBlocks(who, entry);
  if (blocks === undefined) return '404';
  const letter = (block: BlockName): string => (blocks.includes(block) ? block.charAt(0) : '-');
  return blockNames.map(letter).join('');
}

describe('an entry the police addressed to the school, in an exchange with the prison', () => {
  const entry: RecordedEntry = {
    kind: 'recorded',
    issuer: police,
    parties: [police, school, prison],
    recipients: [school],
  };

  it.each<[string, Caller, string]>([
    ['case worker of the police', caller('agency', police), 'tpt-r-'],
    ['case worker of the school', caller('agency', school), 'tpt---'],
    ['case worker of the prison', caller('agency', prison), 't-----'],
    ['case worker of the clinic', caller('agency', clinic), '404'],
    ['DPO of the police', caller('dpo', police), 'tptsrw'],
    ['DPO of the school', caller('dpo', school), 't-t---'],
    ['DPO of the prison', caller('dpo', prison), 't-----'],
    ['DPO of the clinic', caller('dpo', clinic), '404'],
    ['supervisor of the police', caller('regulator', supervisor, police), 'tptsrw'],
    ['supervisor of police and school', caller('regulator', supervisor, school, police), 'tptsrw'],
    ['supervisor of the school', caller('regulator', supervisor, school), '404'],
    ['supervisor of the clinic', caller('regulator', supervisor, clinic), '404'],
    ['supervisor of nobody', caller('regulator', supervisor), '404'],
    ['supervisor that belongs to the police', caller('regulator', police, clinic), '404'],
    ['operator', caller('operator', supervisor), '------'],
    ['operator that belongs to the police', caller('operator', police), '------'],
  ])('shows the %s its blocks and no more', (_who, who, expected) => {
    expect(seenBy(who, entry)).toBe(expected);
  });
});

describe('an entry that names no recipient', () => {
  it('is addressed to every party of its exchange', () => {
    const entry: RecordedEntry = { kind: 'recorded', issuer: police, parties: [police, school], recipients: [] };
    expect(seenBy(caller('agency', school), entry)).toBe('tpt---');
    expect(seenBy(caller('dpo', school), entry)).toBe('t-t---');
    expect(seenBy(caller('agency', clinic), entry)).toBe('404');
  });

  it('is nobody else’s when it has no exchange either', () => {
    const entry: RecordedEntry = { kind: 'recorded', issuer: police, parties: [], recipients: [] };
    expect(seenBy(caller('agency', police), entry)).toBe('tpt-r-');
    expect(seenBy(caller('agency', school), entry)).toBe('404');
    expect(seenBy(caller('regulator', supervisor, police), entry)).toBe('tptsrw');
  });

  it('by the ledger itself is nobody’s unless it is known whose look it records', () => {
    const entry: RecordedEntry = { kind: 'recorded', issuer: ledgerIssuer, parties: [police], recipients: [police] };
    for (const role of ['agency', 'dpo', 'regulator'] as const) {
      expect(seenBy(caller(role, police), entry)).toBe('404');
    }
  });
});

describe('a recorded look of the school at an entry of the police', () => {
  const look = (changes: Partial<RecordedLook> = {}): RecordedLook => ({
    kind: 'look',
    accessor: school,
    role: 'agency',
    purpose: 'self-monitoring',
    owners: [police],
    released: false,
    ...changes,
  });

  const ordinary = look();
  const ofSupervisor = look({ accessor: supervisor, role: 'regulator', purpose: 'supervisory-request' });
  const criminal = look({ purpose: 'criminal-proceedings' });
  const released = look({ purpose: 'criminal-proceedings', released: true });

  it.each<[string, Caller, string, string, string, string]>([
    ['case worker of the school', caller('agency', school), '404', '404', '404', '404'],
    ['case worker of the police', caller('agency', police), '404', '404', '404', '404'],
    ['DPO of the school', caller('dpo', school), 'tptsrw', '404', 'tptsrw', 'tptsrw'],
    ['DPO of the police', caller('dpo', police), 't-t---', '404', '404', 't-t---'],
    ['DPO of the prison', caller('dpo', prison), '404', '404', '404', '404'],
    ['DPO of the supervisor', caller('dpo', supervisor), '404', 'tptsrw', '404', '404'],
    ['supervisor of the school', caller('regulator', supervisor, school), 'tptsrw', '404', 'tptsrw', 'tptsrw'],
    ['supervisor of the police', caller('regulator', supervisor, police), 't-t---', 't-t---', 't-t---', 't-t---'],
    ['supervisor of the prison', caller('regulator', supervisor, prison), '404', '404', '404', '404'],
    ['operator', caller('operator', supervisor), '------', '------', '------', '------'],
  ])('%s', (_who, who, usual, bySupervisor, forProceedings, afterRelease) => {
    expect(seenBy(who, ordinary)).toBe(usual);
    expect(seenBy(who, ofSupervisor)).toBe(bySupervisor);
    expect(seenBy(who, criminal)).toBe(forProceedings);
    expect(seenBy(who, released)).toBe(afterRelease);
  });
});
