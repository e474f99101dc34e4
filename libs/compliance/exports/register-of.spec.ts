import { leafIndex, type AgencyId, type EntryId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { clinic, police, school, uuidOf, youthOffice } from '../testing/recorded-log.js';
import type { ExportedEntry } from './export-profile.js';
import { registerOf } from './register-of.js';

let place = 0;

function registered(issuer: AgencyId, type: string, terms: JsonObject): ExportedEntry {
  const at = '2026-03-01T10:00:00.000Z' as Instant;
  place += 1;
  const id = uuidOf(`registered ${place}`) as EntryId;
  return { index: leafIndex(place), id, issuer, recordedAt: at, said: { type, occurredAt: at, terms } };
}

const agreement = 'town';
const adopted = registered(clinic, 'AgreementAdopted', { agreement, parties: [clinic, police], dpia: 'exit@1' });
const withoutPolice = registered(clinic, 'AgreementAmended', { agreement, parties: [clinic, school] });
const ended = registered(clinic, 'AgreementTerminated', { agreement });
const assessed = registered(clinic, 'DpiaRecorded', { dpia: 'exit', version: 1 });
const reassessed = registered(clinic, 'DpiaRecorded', { dpia: 'exit', version: 2 });
const consulted = registered(clinic, 'PriorConsultationRecorded', { dpia: 'exit@1' });
const activity = registered(police, 'ProcessingActivityRegistered', { activity: 'patrol', dpia: 'patrol@1' });
const others = registered(clinic, 'AgreementAdopted', { agreement: 'other', parties: [clinic, school] });
const strangers = registered(youthOffice, 'DpiaRecorded', { dpia: 'exit', version: 1 });
const everything = [adopted, withoutPolice, ended, assessed, reassessed, consulted, activity, others, strangers];

describe('the register of an agency', () => {
  it('holds what another party recorded of an agreement with it, to its end, and the assessment that rests on', () => {
    expect(registerOf(everything, [police])).toEqual([adopted, withoutPolice, ended, assessed, consulted, activity]);
  });

  it('of who recorded all of this, holds all of it', () => {
    expect(registerOf(everything, [clinic])).toEqual(everything.filter(({ issuer }) => issuer === clinic));
  });

  it('of a stranger, holds nothing of it', () => {
    expect(registerOf(everything, [youthOffice])).toEqual([strangers]);
  });
});
