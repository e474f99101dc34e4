import type { JsonObject } from '#statement';
import { agreementFaults } from './agreement-faults.js';
import { agreementAdopted } from './entries/agreement-adopted.js';
import { agreementAmended } from './entries/agreement-amended.js';
import { dataFaults } from './validate-entry.js';

const { data } = agreementAdopted.example;
const [clause] = data['clauses'] as readonly JsonObject[];
const changed = (change: JsonObject): JsonObject => ({ ...data, ...change });
const withClause = (change: JsonObject): JsonObject => changed({ clauses: [{ ...clause, ...change }] });

describe('an agreement', () => {
  it('is without fault as its examples show it', () => {
    expect(agreementFaults(data)).toEqual([]);
    expect(agreementFaults(agreementAmended.example.data)).toEqual([]);
  });

  it('has parties', () => {
    expect(agreementFaults(changed({ parties: [] }))).toEqual([
      { pointer: '/parties', detail: 'an agreement has parties' },
    ]);
  });

  it('lets only its parties pass on or receive', () => {
    expect(
      agreementFaults(withClause({ from: ['youth-office.example', 'clinic.example'], to: ['prison.example'] })),
    ).toEqual([
      { pointer: '/clauses/0/from/1', detail: 'not a party of the agreement' },
      { pointer: '/clauses/0/to/0', detail: 'not a party of the agreement' },
    ]);
  });

  it('seats only its parties in its conferences, and names the activities of nobody else', () => {
    const conference = { standing: ['youth-office.example', 'clinic.example'] };
    const activities = ['prison.example', 'police.example'].map((agency) => ({ agency, activity: 'exit-support@1' }));
    expect(agreementFaults(withClause({ conference, activities }))).toEqual([
      { pointer: '/clauses/0/conference/standing/1', detail: 'not a party of the agreement' },
      { pointer: '/clauses/0/activities/0/agency', detail: 'not a party of the agreement' },
    ]);
    expect(agreementFaults(withClause({ conference: [7], activities: [7, { agency: 7 }] }))).toEqual([]);
  });

  it('may hold for a single day, and never ends before it begins', () => {
    expect(agreementFaults(changed({ validFrom: '2026-02-28', validUntil: '2026-02-28' }))).toEqual([]);
    expect(agreementFaults(changed({ validFrom: '2026-03-01', validUntil: '2026-02-28' }))).toEqual([
      { pointer: '/validUntil', detail: 'before validFrom' },
    ]);
  });

  it('has one clause of a name', () => {
    const clauses = ['progress', 'threat', 'progress', 'progress'].map((id) => ({ ...clause, id }));
    expect(agreementFaults(changed({ clauses })).map(({ pointer }) => pointer)).toEqual([
      '/clauses/2/id',
      '/clauses/3/id',
    ]);
  });

  it('has one basis for each who passes on and each who receives: its own, or one that goes for all', () => {
    const basis = { code: 'GDPR-A6-1-e', provision: 'SGB X § 69' };
    const both = ['youth-office.example', 'police.example'];
    const own = both.map((agency) => ({ agency, ...basis }));
    const { legalBasisTransmit, legalBasisCollect, ...bare } = clause ?? {};
    const faultsOf = (change: JsonObject): readonly unknown[] =>
      agreementFaults(changed({ clauses: [{ ...bare, from: both, to: both, ...change }] }));
    const lacking = (name: string): unknown => ({ pointer: `/clauses/0/${name}`, detail: expect.any(String) });

    expect([legalBasisTransmit, legalBasisCollect]).not.toContain(undefined);
    expect(faultsOf({ transmitBases: own, collectBases: own })).toEqual([]);
    expect(faultsOf({ legalBasisTransmit: basis, collectBases: own })).toEqual([]);
    expect(faultsOf({ legalBasisTransmit: basis, transmitBases: own.slice(1), collectBases: own })).toEqual([]);
    expect(faultsOf({ legalBasisTransmit: { missing: 'follows' }, collectBases: { missing: 'follows' } })).toEqual([]);
    expect(faultsOf({})).toEqual([lacking('legalBasisTransmit'), lacking('legalBasisCollect')]);
    const follows = { missing: 'follows' };
    expect(faultsOf({ from: follows, to: follows })).toEqual([
      lacking('legalBasisTransmit'),
      lacking('legalBasisCollect'),
    ]);
    expect(faultsOf({ from: follows, to: follows, transmitBases: own, legalBasisCollect: basis })).toEqual([]);
    expect(faultsOf({ transmitBases: own, collectBases: own.slice(1) })).toEqual([lacking('legalBasisCollect')]);
  });

  it('has no basis for who is no party of the clause on that side, and no second one for who has one', () => {
    const basisOf = (agency: string): JsonObject => ({ agency, code: 'LED-A8-1', provision: 'PolG NRW § 9' });
    const [police, youth] = ['police.example', 'youth-office.example'].map(basisOf);
    expect(agreementFaults(withClause({ collectBases: [police ?? {}, youth ?? {}, police ?? {}] }))).toEqual([
      { pointer: '/clauses/0/collectBases/1/agency', detail: 'not named in to' },
      { pointer: '/clauses/0/collectBases/2/agency', detail: 'this body has a basis already' },
    ]);
    expect(agreementFaults(withClause({ transmitBases: [basisOf('clinic.example')] }))).toEqual([
      { pointer: '/clauses/0/transmitBases/0/agency', detail: 'not named in from' },
    ]);
  });

  it('supersedes another version, not itself', () => {
    expect(agreementFaults(changed({ supersedes: 'youth-office-police-exampletown@1' }))).toEqual([
      { pointer: '/supersedes', detail: 'a version does not supersede itself' },
    ]);
    expect(agreementFaults(changed({ supersedes: 'youth-office-police-exampletown@2' }))).toEqual([]);
    expect(agreementFaults(changed({ supersedes: 'another@1' }))).toEqual([]);
  });

  it('may leave any field missing: nothing follows from what is not there', () => {
    const missing = { missing: 'unknown' };
    for (const name of Object.keys(data)) expect(agreementFaults(changed({ [name]: missing }))).toEqual([]);
    for (const name of Object.keys(clause ?? {})) expect(agreementFaults(withClause({ [name]: missing }))).toEqual([]);
  });

  it.each([null, 7, 'text', [], [null], [[]], {}, { missing: 'x' }])('is read whatever its fields hold: %p', (odd) => {
    for (const name of Object.keys(data)) expect(Array.isArray(agreementFaults(changed({ [name]: odd })))).toBe(true);
    for (const name of Object.keys(clause ?? {})) {
      expect(Array.isArray(agreementFaults(withClause({ [name]: odd })))).toBe(true);
    }
  });
});

describe('an agreement that is sent', () => {
  it('is refused with pointers into the entry', () => {
    for (const type of [agreementAdopted, agreementAmended]) {
      const sent = { ...type.example.data, validUntil: '2020-01-01' };
      expect(dataFaults(type, sent)).toEqual([{ pointer: '/data/validUntil', detail: 'before validFrom' }]);
    }
  });

  it('is first put into its form: contradictions are told of what can be read', () => {
    const sent = changed({ validUntil: '2020-01-01', version: 0, clauses: [] });
    expect(dataFaults(agreementAdopted, sent).map(({ pointer }) => pointer)).toEqual([
      '/data/version',
      '/data/clauses',
    ]);
  });

  it('names unknown codes of a clause where they stand', () => {
    const sent = withClause({ purposes: ['exit-support', 'gossip'] });
    expect(dataFaults(agreementAdopted, sent)).toEqual([
      { pointer: '/data/clauses/0/purposes/1', detail: 'expected a code of the vocabulary purpose' },
    ]);
  });
});
