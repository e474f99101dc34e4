import { fieldsOf, entryTypes } from '#catalogue';
import { blockNames, parseDisclosure, type BlockName, type JsonObject } from '#statement';
import type { Answer, Caller } from '../support/caller.js';
import { held, RunningLedger, until } from '../support/running-ledger.js';
import { lastEntries } from './last-entries.js';
import { entryLike, freshId, police, request, youthOffice } from './sample-entries.js';

const school = 'school.example';
const clinic = 'clinic.example';
const look = { 'Access-Purpose': 'lawfulness-check' };

interface Shown {
  readonly leaf: JsonObject;
  readonly data?: { readonly data: JsonObject };
  readonly disclosures?: readonly string[];
  readonly opened?: readonly BlockName[];
}

let running: RunningLedger;
let callers: Readonly<Record<string, Caller>>;
const exchange = freshId();
/** The youth office's disclosure to the police, with every block there is. The school is a party, but not addressed. */
const disclosure = entryLike('InformationDisclosed', {
  exchange,
  data: {
    recipients: [police],
    reasonsWithheld: 'Not before the conference.',
    case: 'case-shared',
    subject: 'person-shared',
  },
});
const passedOn = entryLike('InformationDisclosed', {
  exchange,
  data: { recipients: [school], disclosureId: freshId(), case: 'case-shared', subject: 'person-shared' },
});
const withoutExchange = entryLike('ProcessingOperationLogged');

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, school, clinic);
  const named: [string, Caller][] = [];
  for (const agency of [police, youthOffice, school, clinic]) {
    named.push([`agency ${agency}`, await running.as('agency', agency)]);
    named.push([`dpo ${agency}`, await running.as('dpo', agency)]);
    named.push([
      `regulator of ${agency}`,
      await running.as('regulator', `dpa-of-${agency}`, { competentFor: [agency] }),
    ]);
  }
  named.push(['regulator of nobody', await running.as('regulator', 'dpa.example', { competentFor: [] })]);
  named.push(['operator', await running.as('operator', 'host.example')]);
  callers = Object.fromEntries(named);
  await by(`agency ${police}`).record(request({ exchange, data: { case: 'case-shared', subject: 'person-shared' } }));
  await by(`agency ${youthOffice}`).record(disclosure);
  await by(`agency ${police}`).record(passedOn);
  await by(`agency ${youthOffice}`).record(withoutExchange);
  await running.advance();
});
afterAll(() => running.remove());

const by = (name: string): Caller => callers[name] as Caller;
/** All that two answers could differ in for whoever compares them. */
/** All of an answer but what differs from answer to answer. */
const comparable = ({ status, headers: { date: _, 'x-request-id': __, ...headers }, text }: Answer) => ({
  status,
  headers,
  text,
});
const isGone = async (answer: Answer, path: (id: string) => string, caller: Caller, headers = {}): Promise<void> => {
  expect(answer.status).toBe(404);
  expect(comparable(answer)).toEqual(comparable(await caller.get(path(freshId()), headers)));
};

const all: readonly BlockName[] = blockNames;
const table: [caller: string, disclosed: readonly BlockName[] | null, passedOn: readonly BlockName[] | null][] = [
  [`agency ${youthOffice}`, ['terms', 'people', 'told', 'reasons'], ['terms']],
  [`agency ${police}`, ['terms', 'people', 'told'], ['terms', 'people', 'told', 'reasons']],
  [`agency ${school}`, ['terms'], ['terms', 'people', 'told']],
  [`agency ${clinic}`, null, null],
  [`dpo ${youthOffice}`, all, ['terms']],
  [`dpo ${police}`, ['terms', 'told'], all],
  [`dpo ${school}`, ['terms'], ['terms', 'told']],
  [`dpo ${clinic}`, null, null],
  [`regulator of ${youthOffice}`, all, null],
  [`regulator of ${police}`, null, all],
  [`regulator of ${school}`, null, null],
  [`regulator of ${clinic}`, null, null],
  ['regulator of nobody', null, null],
  ['operator', [], []],
];

describe.each(table)('%s', (name, ...expected) => {
  test.each([
    ['a disclosure of the youth office to the police', disclosure, expected[0]],
    ['what the police passed on to the school', passedOn, expected[1]],
  ])('sees of %s its own blocks and no other', async (_what, { id, type, data }, blocks) => {
    const present = blocks?.filter((block) => [...fields(type)].some(([field, of]) => of === block && field in data));
    const size = await running.size('entries');
    const path = (of: string): string => `/v1/entries/${of}`;
    const plain = await by(name).get(path(id));
    expect(await running.size('entries')).toBe(size);
    const opened = await by(name).get(path(id), look);
    if (present === undefined) {
      await isGone(plain, path, by(name));
      await isGone(opened, path, by(name), look);
      await isGone(await by(name).get(`${path(id)}/proof`), (of) => `${path(of)}/proof`, by(name));
      expect(await running.size('entries')).toBe(size);
      return;
    }
    const { leaf, ...rest } = plain.json<Shown>();
    expect(Object.keys(rest).sort()).toEqual(['id', 'index', 'leafHash', 'log', 'receipt', 'recordedAt']);
    const shown = opened.json<Shown>();
    expect(shown.leaf).toEqual(leaf);
    expect([...(shown.opened ?? [])].sort()).toEqual([...present].sort());
    expect(shown.disclosures?.map((one) => parseDisclosure(one).block) ?? []).toEqual(shown.opened);
    for (const field of Object.keys(shown.data?.data ?? {})) {
      expect([field, present.includes(fields(type).get(field) as BlockName)]).toEqual([field, true]);
    }
    expect(await running.size('entries')).toBe(size + (present.length > 0 ? 1 : 0));
    expect((await by(name).get(`${path(id)}/proof`)).status).toBe(200);
  });
});

const fields = (type: string): ReadonlyMap<string, BlockName> =>
  new Map([...fieldsOf(entryTypes.get(type)?.data as never)].map(([field, { block }]) => [field, block]));

describe('An entry without exchange', () => {
  test('is its agency’s and its supervisor’s alone', async () => {
    const path = `/v1/entries/${withoutExchange.id}`;
    const seen = Object.keys(callers).map(async (name) => [name, (await by(name).get(path, look)).status] as const);
    const expected = [`agency ${youthOffice}`, `dpo ${youthOffice}`, `regulator of ${youthOffice}`, 'operator'];
    const found = (await Promise.all(seen)).filter(([, status]) => status === 200).map(([name]) => name);
    expect(found.sort()).toEqual(expected.sort());
  });
});

describe('Looking', () => {
  const accesses = async (name: string) =>
    (await by(name).get('/v1/views/accesses?limit=1000')).json<{ accesses: Readonly<Record<string, unknown>>[] }>()
      .accesses;
  const viewed = async (name: string, id: string): Promise<boolean> =>
    (await accesses(name)).some(({ entry }) => entry === id);

  async function lookedAt(name: string, headers = look): Promise<string> {
    const answer = await by(name).get(`/v1/entries/${disclosure.id}`, headers);
    expect(answer.status).toBe(200);
    const [recorded] = await lastEntries(running, 1);
    expect(recorded?.issuer).toBe('ledger');
    expect(recorded?.terms).toMatchObject({ type: 'LedgerAccessed', entry: disclosure.id, owner: youthOffice });
    expect(recorded?.terms).not.toHaveProperty('exchange');
    expect(recorded?.terms).toMatchObject({
      accessPurpose: headers['Access-Purpose'],
      blocks: answer.json<Shown>().opened,
    });
    return recorded?.id ?? '';
  }

  test('is recorded durably before the first byte is shown', async () => {
    const size = await running.size('entries');
    const release = held(running);
    let isAnswered = false;
    const asked = by(`dpo ${police}`)
      .get(`/v1/entries/${disclosure.id}`, look)
      .then((answer) => {
        isAnswered = true;
        return answer;
      });
    await until(() => running.ledger.sequencers.entries.waiting === 1);
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    expect([isAnswered, await running.size('entries')]).toEqual([false, size]);
    release();
    expect((await asked).json<Shown>().opened).toEqual(['terms', 'told']);
    expect(await running.size('entries')).toBe(size + 1);
  });

  test('by a party is seen by the officers of both sides and by their supervisors, by nobody else', async () => {
    const id = await lookedAt(`dpo ${police}`);
    const seen = [`dpo ${police}`, `dpo ${youthOffice}`, `regulator of ${police}`, `regulator of ${youthOffice}`];
    for (const name of Object.keys(callers).filter((one) => /^(dpo|regulator)/.test(one))) {
      expect([name, await viewed(name, id)]).toEqual([name, seen.includes(name)]);
    }
    const opened: Record<string, unknown> = {};
    for (const name of Object.keys(callers)) {
      const answer = await by(name).get(`/v1/entries/${id}`, look);
      opened[name] = answer.status === 200 ? answer.json<Shown>().opened : answer.status;
    }
    const hidden = Object.fromEntries(Object.keys(callers).map((name) => [name, 404]));
    expect(opened).toEqual({
      ...hidden,
      operator: [],
      [`dpo ${police}`]: ['terms', 'staff'],
      [`regulator of ${police}`]: ['terms', 'staff'],
      [`dpo ${youthOffice}`]: ['terms'],
      [`regulator of ${youthOffice}`]: ['terms'],
    });
  });

  test('by a supervisor stays hidden from the agency', async () => {
    const id = await lookedAt(`regulator of ${youthOffice}`, { 'Access-Purpose': 'supervisory-request' });
    for (const name of [`dpo ${youthOffice}`, `dpo ${police}`, `regulator of ${police}`, `dpo ${clinic}`]) {
      expect([name, await viewed(name, id)]).toEqual([name, false]);
      const path = (of: string): string => `/v1/entries/${of}`;
      await isGone(await by(name).get(path(id), look), path, by(name), look);
    }
    expect(await viewed(`regulator of ${youthOffice}`, id)).toBe(true);
  });

  test('for criminal proceedings stays hidden from the other side, not from the own one', async () => {
    const id = await lookedAt(`agency ${police}`, { 'Access-Purpose': 'criminal-proceedings' });
    expect(await viewed(`dpo ${police}`, id)).toBe(true);
    expect(await viewed(`dpo ${youthOffice}`, id)).toBe(false);
    expect((await by(`dpo ${youthOffice}`).get(`/v1/entries/${id}`)).status).toBe(404);
  });
});
