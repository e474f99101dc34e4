import { everyRule } from '#compliance/rules';
import type { Answer, Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { entryLike, police, youthOffice } from './sample-entries.js';

const clinic = 'clinic.example';
const school = 'school.example';

type Row = Readonly<Record<string, unknown>>;
interface Version extends Row {
  readonly agreement: string;
  readonly version: number;
  readonly inForce: boolean;
}
interface Agreements {
  readonly day: string;
  readonly agreements: readonly Version[];
}

let running: RunningLedger;
let worker: Caller;
let dpo: Caller;
let supervisor: Caller;
let operator: Caller;

const both = { en: expect.stringMatching(/\S/) as string, de: expect.stringMatching(/\S/) as string };

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, clinic, school);
  worker = await running.as('agency', youthOffice);
  dpo = await running.as('dpo', youthOffice);
  supervisor = await running.as('regulator', 'dpa.example', { competentFor: [police] });
  operator = await running.as('operator', 'host.example');
});
afterAll(() => running.remove());

const statuses = (path: string): Promise<readonly number[]> =>
  Promise.all(
    [worker, dpo, supervisor, operator, running.bearing(undefined)].map(async (by) => (await by.get(path)).status),
  );

/** Reads something twice, and checks that nothing of it was recorded as a look and that it need not be sent again. */
async function readWithoutTrace(by: Caller, path: string): Promise<Answer> {
  const before = await running.holdings();
  const answer = await by.get(path);
  const again = await by.get(path, { 'If-None-Match': answer.headers.etag });
  expect([answer.status, again.status, again.text]).toEqual([200, 304, '']);
  expect(await running.holdings()).toEqual(before);
  return answer;
}

describe('The vocabularies', () => {
  interface Lists {
    readonly vocabularies: readonly {
      readonly name: string;
      readonly version: number;
      readonly terms: readonly Row[];
    }[];
  }

  test('are for everybody who is known, and reading them is no look', async () => {
    expect(await statuses('/v1/vocabularies')).toEqual([200, 200, 200, 200, 401]);
    const { vocabularies } = (await readWithoutTrace(worker, '/v1/vocabularies')).json<Lists>();
    const names = vocabularies.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['legal-basis', 'purpose', 'data-category', 'refusal-reason']));
    expect(new Set(names).size).toBe(names.length);
    for (const { version, terms } of vocabularies) {
      expect([version >= 1, terms.length > 0]).toEqual([true, true]);
      for (const term of terms) expect(term).toMatchObject({ code: expect.any(String) as string, labels: both });
    }
  });

  test('say of a code what people read, and which term of the Data Privacy Vocabulary means the same', async () => {
    const { vocabularies } = (await worker.get('/v1/vocabularies?name=legal-basis')).json<Lists>();
    expect(vocabularies.map(({ name }) => name)).toEqual(['legal-basis']);
    const terms = new Map(vocabularies[0]?.terms.map((term) => [term['code'], term]));
    expect(terms.get('GDPR-A6-1-e')).toEqual({
      code: 'GDPR-A6-1-e',
      labels: { en: 'public task (GDPR 6(1)(e))', de: 'öffentliche Aufgabe (DSGVO 6 Abs. 1 e)' },
      dpv: 'https://w3id.org/dpv/legal/eu/gdpr#A6-1-e',
    });
    expect(Object.keys(terms.get('NATSEC-law') ?? {})).toEqual(['code', 'labels']);
  });
});

describe('The rules', () => {
  interface Rules {
    readonly rules: readonly (Row & { readonly id: string; readonly packs: readonly Row[] })[];
  }
  const ruleOf = async (id: string) => (await dpo.get('/v1/rules')).json<Rules>().rules.find((one) => one.id === id);

  test('are for everybody who is known, and reading them is no look', async () => {
    expect(await statuses('/v1/rules')).toEqual([200, 200, 200, 200, 401]);
    const { rules } = (await readWithoutTrace(dpo, '/v1/rules')).json<Rules>();
    expect(rules.map(({ id }) => id)).toEqual(everyRule.map(({ id }) => id));
    for (const one of rules) {
      expect(one).toMatchObject({ statement: both, compliant: both, deadline: both });
      expect([one.id, one['sources']]).toEqual([one.id, expect.arrayContaining([expect.stringMatching(/\S/)])]);
    }
  });

  test('say how long somebody has, in words', async () => {
    expect(await ruleOf('ACC-01')).toMatchObject({
      deadline: { en: '5 working days', de: '5 Arbeitstage' },
      packs: [],
    });
    expect(await ruleOf('LAW-02')).toMatchObject({ deadline: { en: 'at once', de: 'sofort' } });
  });

  test('say which packs change them, how, and on which provision', async () => {
    expect((await ruleOf('SOC-02'))?.packs).toEqual([{ pack: 'DE-SGB@1', applies: true, source: 'SGB VIII § 64(2)' }]);
    expect((await ruleOf('INF-01'))?.packs.map(({ pack, applies }) => [pack, applies])).toEqual([
      ['EU-LED@1', false],
      ['DE-NATSEC@2', false],
      ['DE-BDSG3@1', true],
    ]);
    const kept = (await ruleOf('RET-01'))?.packs.find(({ pack }) => pack === 'DE-BDSG3@1');
    expect(kept).toMatchObject({ deadline: { en: 'end of the following year', de: 'Ende des Folgejahres' } });
  });
});

describe('The agreements', () => {
  const network = { agreement: 'exit-network', reviewDue: '2027-02-01' };
  const inForce = async (by: Caller, query = ''): Promise<readonly [string, boolean][]> =>
    (await by.get(`/v1/agreements${query}`))
      .json<Agreements>()
      .agreements.map((one) => [`${one.agreement}@${one.version}`, one.inForce]);
  const at = (moment: string): string => `?at=${moment}`;

  beforeAll(async () => {
    const adopted = entryLike('AgreementAdopted', { data: { ...network, validFrom: '2026-11-23' } });
    const amended = entryLike('AgreementAmended', {
      data: {
        ...network,
        supersedes: 'exit-network@1',
        validFrom: '2026-11-25',
        parties: [youthOffice, police, 'exit-programme.example', clinic],
      },
    });
    const other = entryLike('AgreementAdopted', {
      data: { agreement: 'other-network', validFrom: '2026-01-01', validUntil: '2026-11-23' },
    });
    for (const entry of [adopted, amended, other]) expect((await worker.record(entry)).status).toBe(201);
    running.clock.tick(5 * 24 * 60 * 60 * 1_000);
  });

  test('are for case workers, data protection officers and supervisors of their parties, and reading them is no look', async () => {
    expect(await statuses('/v1/agreements')).toEqual([200, 200, 200, 403, 401]);
    const all = ['exit-network@1', 'exit-network@2', 'other-network@1'];
    for (const by of [worker, dpo, supervisor, await running.as('agency', police)]) {
      expect((await inForce(by)).map(([name]) => name)).toEqual(all);
    }
    await readWithoutTrace(worker, '/v1/agreements');
  });

  test('are not seen by others, and those who joined later see the version they joined', async () => {
    const strangers = [
      await running.as('agency', school),
      await running.as('dpo', school),
      await running.as('regulator', 'dpa.example', { competentFor: [school] }),
      await running.as('regulator', youthOffice, { competentFor: [] }),
    ];
    for (const by of strangers) expect(await inForce(by)).toEqual([]);
    expect(await inForce(await running.as('agency', clinic))).toEqual([['exit-network@2', true]]);
  });

  test('are in force from their first day in Berlin to their last, or until another takes their place', async () => {
    const expected: [moment: string, ...inForce: boolean[]][] = [
      ['2026-11-22T22:59:59.999Z', false, false, true],
      ['2026-11-22T23:00:00.000Z', true, false, true],
      ['2026-11-23T22:59:59.999Z', true, false, true],
      ['2026-11-23T23:00:00.000Z', true, false, false],
      ['2026-11-24T22:59:59.999Z', true, false, false],
      ['2026-11-24T23:00:00.000Z', false, true, false],
    ];
    for (const [moment, ...are] of expected) {
      const found = await inForce(worker, at(moment));
      expect([moment, ...found.map(([, is]) => is)]).toEqual([moment, ...are]);
    }
    expect((await worker.get('/v1/agreements')).json()).toMatchObject({ day: '2026-11-27' });
    expect(await inForce(worker)).toEqual(await inForce(worker, at('2026-11-27T10:00:00.000Z')));
  });

  test('are shown as recorded, beside what became of them', async () => {
    const [first] = (await worker.get('/v1/agreements')).json<Agreements>().agreements;
    expect(first).toMatchObject({
      validFrom: '2026-11-23',
      validUntil: '2028-01-31',
      supersedes: null,
      recordedBy: youthOffice,
      recordedAt: '2026-11-22T10:00:00.000Z',
      terms: { ...network, parties: [youthOffice, police], clauses: [{ id: 'progress' }] },
    });
  });

  test('come in pages that all speak of the same day', async () => {
    const first = await worker.get('/v1/agreements?limit=2');
    const next = String(/^<(.+)>; rel="next"$/.exec(String(first.headers['link']))?.[1]);
    running.clock.tick(24 * 60 * 60 * 1_000);
    const second = await worker.get(next);
    expect([second.status, second.headers['link'], second.json<Agreements>().day]).toEqual([
      200,
      undefined,
      '2026-11-27',
    ]);
    expect(second.json<Agreements>().agreements.map(({ agreement }) => agreement)).toEqual(['other-network']);
    expect((await dpo.get(next)).status).toBe(400);
  });

  test('that were terminated are in force until the day that was said, and no longer', async () => {
    running.clock.tick(60_000);
    const terminated = entryLike('AgreementTerminated', { data: { agreement: 'exit-network', lastDay: '2026-11-27' } });
    expect((await worker.record(terminated)).status).toBe(201);
    expect(await inForce(worker, at('2026-11-27T12:00:00.000Z'))).toContainEqual(['exit-network@2', true]);
    expect(await inForce(worker)).toContainEqual(['exit-network@2', false]);
    const shown = (await worker.get('/v1/agreements')).json<Agreements>().agreements;
    expect(shown.map(({ validUntil }) => validUntil)).toEqual(['2026-11-27', '2026-11-27', '2026-11-23']);
  });
});
