import { entryTypes } from '#catalogue';
import { entryId, treeSize, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { RegistryHistory } from '../../registry/registry-history.js';
import { clinic, police, school, uuidOf, youthOffice } from '../../testing/recorded-log.js';
import { registerRows } from './v11-agreements.js';

const missing = { missing: 'unknown' };
let count = 0;

/** An entry of the registry, made from the example of its type. */
const recorded = (type: string, data: JsonObject = {}, issuer: AgencyId = police) => ({
  id: entryId(uuidOf(`registry ${(count += 1)}`)),
  issuer,
  recordedAt: '2026-01-05T09:00:00.000Z' as Instant,
  type,
  data: { ...entryTypes.get(type)?.example.data, ...data },
});

type Recorded = ReturnType<typeof recorded>;

function cellsOn(day: string, entries: readonly Recorded[], ...agencies: readonly AgencyId[]) {
  const history = new RegistryHistory();
  history.add(entries);
  const known = history.at(treeSize(entries.length));
  return registerRows(known, agencies.length === 0 ? [police] : agencies, day).map(({ cells }) => cells);
}

const town = { agreement: 'town', version: 1, parties: [police, youthOffice], dpia: 'sharing@1' };
const adopted = (data: JsonObject = {}) =>
  recorded('AgreementAdopted', {
    ...town,
    validFrom: '2026-02-01',
    validUntil: '2026-11-30',
    reviewDue: '2026-09-01',
    ...data,
  });
const amended = (data: JsonObject = {}) =>
  recorded('AgreementAmended', { ...town, version: 2, supersedes: 'town@1', validFrom: '2026-05-01', ...data });
const assessed = (data: JsonObject = {}) =>
  recorded('DpiaRecorded', {
    dpia: 'sharing',
    version: 1,
    outcome: 'risks-mitigated',
    reviewDue: '2026-09-01',
    ...data,
  });
const registered = (data: JsonObject = {}) =>
  recorded('ProcessingActivityRegistered', { activity: 'exit-support', version: 1, validFrom: '2026-01-01', ...data });

describe('V11: agreements', () => {
  it.each([
    ['2026-01-31', 'not-yet'],
    ['2026-02-01', 'current'],
    ['2026-11-30', 'current'],
    ['2026-12-01', 'ended'],
  ])('on %s: %s', (day, state) => {
    expect(cellsOn(day, [adopted()])).toMatchObject([
      { line: 'agreement', name: 'town@1', state, parties: [police, youthOffice], validUntil: '2026-11-30' },
    ]);
  });

  it('give way to the version that takes their place, and end when they are terminated', () => {
    const both = [adopted(), amended()];
    const states = (day: string, entries: readonly Recorded[]) => cellsOn(day, entries).map(({ state }) => state);
    expect(states('2026-04-30', both)).toEqual(['current', 'not-yet']);
    expect(states('2026-05-01', both)).toEqual(['superseded', 'current']);
    const terminated = recorded('AgreementTerminated', { agreement: 'town', lastDay: '2026-06-30' });
    expect(states('2026-07-01', [adopted(), terminated])).toEqual(['ended']);
  });

  it.each([
    ['2026-09-01', false],
    ['2026-09-02', true],
    ['2026-12-01', false],
  ])('are to be reviewed: overdue on %s is %s', (day, overdue) => {
    expect(cellsOn(day, [adopted()])).toMatchObject([{ reviewDue: '2026-09-01', overdue }]);
  });

  it('name their impact assessment, with its outcome once it is recorded', () => {
    expect(cellsOn('2026-06-01', [adopted()], youthOffice)).toMatchObject([{ dpia: 'sharing@1', dpiaOutcome: null }]);
    expect(cellsOn('2026-06-01', [assessed(), adopted()], youthOffice)).toMatchObject([
      { dpia: 'sharing@1', dpiaOutcome: 'risks-mitigated' },
    ]);
  });

  it('are shown to their parties and to who supervises one', () => {
    expect(cellsOn('2026-06-01', [adopted()], school)).toEqual([]);
    expect(cellsOn('2026-06-01', [adopted()], school, youthOffice)).toHaveLength(1);
  });

  it('say what is missing', () => {
    const bare = adopted({ reviewDue: missing, dpia: missing, clauses: missing, controllership: missing });
    expect(cellsOn('2026-06-01', [bare])).toMatchObject([
      { reviewDue: null, overdue: false, dpia: null, purposes: [], controllership: null },
    ]);
  });
});

describe('V11: the register of the agency', () => {
  it('shows activities in the version that is current', () => {
    const later = registered({ version: 2, validFrom: '2026-06-01' });
    const states = (day: string) => cellsOn(day, [registered(), later]).map(({ name, state }) => [name, state]);
    expect(states('2026-05-31')).toEqual([
      ['exit-support@1', 'current'],
      ['exit-support@2', 'not-yet'],
    ]);
    expect(states('2026-06-01')).toEqual([
      ['exit-support@1', 'superseded'],
      ['exit-support@2', 'current'],
    ]);
  });

  it('shows assessments, what they are about, and what the authority said', () => {
    const consulted = recorded('PriorConsultationRecorded', { dpia: 'sharing@1', outcome: 'advice-given' });
    expect(cellsOn('2026-06-01', [assessed({ activities: ['exit-support@1'] }), consulted])).toMatchObject([
      { line: 'dpia', name: 'sharing@1', state: 'current', activities: ['exit-support@1'] },
      { line: 'consultation', dpia: 'sharing@1', consultation: 'advice-given' },
    ]);
  });

  it('shows nobody else’s register', () => {
    expect(cellsOn('2026-06-01', [registered(), assessed()], clinic)).toEqual([]);
  });
});
