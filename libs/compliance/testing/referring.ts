import fc from 'fast-check';
import { ledgerIssuer, type AgencyId, type EntryId } from '#kernel';
import { clinic, exchangeOf, hoursAfter, police, school, uuidOf, youthOffice, type Told } from './recorded-log.js';
import { disclosed, disclosureOf, received } from './stories.js';

const [second, third] = [exchangeOf('second'), exchangeOf('third')];

export const consented = (id: string): Told => ({
  issuer: clinic,
  type: 'ConsentRecorded',
  exchange: second,
  terms: { consentId: id, dataCategories: ['family', 'exit-progress'], purposes: ['exit-support'] },
});

export const withdrawn = (consent: EntryId, hour: number): Told => ({
  issuer: clinic,
  type: 'ConsentWithdrawn',
  exchange: third,
  hour,
  terms: { consent, effectiveFrom: hoursAfter(hour), capacity: 'subject', recipientsTold: [] },
});

export const onward = (derivedFrom: string, hour = 24): Told => ({
  ...disclosed(police, [school], second, { derivedFrom: [derivedFrom] }),
  hour,
});

export const restricted = { conditions: ['no-onward'] };

/** Entries that refer to each other across exchanges. */
export const referring: fc.Arbitrary<readonly Told[]> = fc.array(
  fc.oneof(
    fc.constantFrom('one', 'two').map((name) => onward(disclosureOf(exchangeOf(name)))),
    fc.constantFrom('one', 'two', 'three').map((name) =>
      disclosed(clinic, [police], exchangeOf(`again ${name}`), {
        ...restricted,
        disclosureId: disclosureOf(exchangeOf(name)),
      }),
    ),
    fc.constantFrom('one', 'two').map((name) => disclosed(clinic, [police], exchangeOf(name), restricted)),
    fc
      .constantFrom('one', 'two')
      .map((name) => received(police, third, { disclosureId: disclosureOf(exchangeOf(name)) })),
    // The first entries of a log have these ids.
    fc.nat(5).map((place) => withdrawn(uuidOf(`entry ${place}`) as EntryId, 2)),
    fc.nat(5).map((place) => disclosed(clinic, [police], third, { consentRef: uuidOf(`entry ${place}`) })),
    fc.nat(5).map((place) => consented(`consent ${place}`)),
    fc.constantFrom(police, clinic).map((agency) => ({ ...audit, terms: { ...audit.terms, agency } })),
    fc.nat(5).map((place) => ({ ...answer, terms: { ...answer.terms, rightsRequest: uuidOf(`entry ${place}`) } })),
    fc
      .tuple(fc.constantFrom(police, clinic), fc.nat(60))
      .map(([agency, hour]) => ({ ...disclosed(agency, [], second, { present: ['justification'] }), hour })),
    fc.constantFrom(police, clinic).map((agency) => noted(agency)),
    fc
      .tuple(fc.constantFrom('NotificationDeferred', 'DataSubjectInformed'), fc.nat(60), fc.nat(1))
      .map(([type, hour, place]) => about(type, hour, `covered ${place}`)),
    fc
      .tuple(fc.constantFrom(police, clinic), fc.nat(9), fc.nat(60))
      .map(([agency, place, hour]) => assessed(agency, uuidOf(`entry ${place}`), hour)),
  ),
  { maxLength: 12 },
);

/** What is held back from the person concerned, or told. */
export const about = (type: string, hour: number, ...covered: readonly string[]): Told => ({
  issuer: clinic,
  type,
  hour,
  terms: { covers: covered.map(uuidOf), ground: 'investigation', nextReview: '2026-03-20', until: '2026-06-01' },
});

export const noted = (agency: AgencyId): Told => ({
  issuer: ledgerIssuer,
  type: 'CheckNoteRaised',
  terms: { rule: 'LOG-04', agency, fact: uuidOf('entry 1'), facts: [uuidOf('entry 1')] },
});

const assessed = (issuer: AgencyId, note: string, hour: number): Told => ({
  issuer,
  type: 'CheckNoteAssessed',
  hour,
  terms: { note, status: 'explained' },
});

export const audit: Told = {
  issuer: youthOffice,
  type: 'AuditPerformed',
  terms: { kind: 'internal', nextDue: '2026-09-01', findings: [] },
};
export const answer: Told = {
  issuer: police,
  type: 'RightsRequestDecided',
  terms: { decision: 'granted', staffNamed: true },
};
