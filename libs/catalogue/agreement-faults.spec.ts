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
