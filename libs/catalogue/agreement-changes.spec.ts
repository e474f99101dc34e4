import type { AgencyId } from '#kernel';
import {
  afterChange,
  type AgreementChange,
  agreementChangeOf,
  isAbout,
  type KnownAgreement,
  supersededAgreement,
} from './agreement-changes.js';
import { agencyAdmitted } from './entries/agency-admitted.js';
import { agreementAdopted } from './entries/agreement-adopted.js';
import { agreementAmended } from './entries/agreement-amended.js';
import { agreementTerminated } from './entries/agreement-terminated.js';
import type { EntryType } from './entry-type.js';

const missing = { missing: 'follows' };
const [clinic, police, school] = ['clinic.example', 'police.example', 'school.example'] as [
  AgencyId,
  AgencyId,
  AgencyId,
];
const changeOf = ({ name, example }: EntryType, data = {}): AgreementChange | null =>
  agreementChangeOf({ issuer: clinic, type: name, terms: { ...example.data, ...data } });

const version = (number: number, change: Partial<KnownAgreement> = {}): KnownAgreement => ({
  agreement: 'exit-network',
  version: number,
  validFrom: `2026-0${number}-01`,
  validUntil: null,
  supersedes: null,
  parties: [police],
  ...change,
});

describe('what an entry of the registry changes about agreements', () => {
  it('is one version more, with its parties', () => {
    expect(changeOf(agreementAdopted)).toMatchObject({
      adds: { agreement: 'youth-office-police-exampletown', version: 1, supersedes: null },
    });
    expect(changeOf(agreementAmended)).toMatchObject({
      adds: { version: 2, parties: ['youth-office.example', 'police.example', 'exit-programme.example'] },
    });
    expect(changeOf(agreementAmended, { parties: missing })).toMatchObject({ adds: { parties: [] } });
  });

  it('is the end of an agreement, also where its last day is missing', () => {
    const ends = 'clinic-youth-office-exampletown';
    expect(changeOf(agreementTerminated)).toEqual({ ends, by: clinic, lastDay: '2026-10-31' });
    expect(changeOf(agreementTerminated, { lastDay: missing })).toEqual({ ends, by: clinic, lastDay: null });
  });

  it('is nothing where it does not say which agreement, or is about something else', () => {
    expect(changeOf(agencyAdmitted)).toBeNull();
    for (const type of [agreementAdopted, agreementAmended, agreementTerminated]) {
      for (const agreement of [missing, null, 7, []]) expect(changeOf(type, { agreement })).toBeNull();
    }
  });
});

describe('the known versions', () => {
  const ending = (lastDay: string | null, by = police): AgreementChange => ({ ends: 'exit-network', by, lastDay });

  it('grow by one, and a version recorded twice counts as recorded first', () => {
    const known = afterChange([version(1)], { adds: version(2) });
    expect(known).toEqual([version(1), version(2)]);
    expect(afterChange(known, { adds: version(2, { validFrom: '2027-01-01' }) })).toEqual(known);
  });

  it('end with their agreement, not later than agreed and not with another agreement', () => {
    const short = version(1, { validUntil: '2026-01-15' });
    const town = version(1, { agreement: 'town' });
    const known = [short, version(2), town];
    const ended = version(2, { validUntil: '2026-03-31' });
    expect(afterChange(known, ending('2026-03-31'))).toEqual([short, ended, town]);
    expect(afterChange(known, ending(null))).toEqual(known);
  });

  it('end for those who are in them: one of others goes on, one that does not say whose it is does not', () => {
    const [left, next, unsaid] = [version(1), version(2, { parties: [school] }), version(3, { parties: [] })];
    const ended = (one: KnownAgreement): KnownAgreement => ({ ...one, validUntil: '2026-01-31' });
    expect(afterChange([left, next, unsaid], ending('2026-01-31'))).toEqual([ended(left), next, ended(unsaid)]);
    expect(afterChange([left, next], ending('2026-01-31', school))).toEqual([left, ended(next)]);
  });

  it('of an agreement are its own and those that take the place of one', () => {
    const town = version(1, { agreement: 'town', supersedes: 'exit-network@2' });
    expect([version(1), town, version(1, { agreement: 'exit' })].map((one) => isAbout(one, 'exit-network'))).toEqual([
      true,
      true,
      false,
    ]);
    expect([supersededAgreement(town), supersededAgreement(version(1))]).toEqual(['exit-network', null]);
  });
});
