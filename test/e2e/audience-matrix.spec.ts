import { entryTypes, fieldsOf, type EntryBody, type Field } from '#catalogue';
import { blockNames, type BlockName } from '#statement';
import { unpack } from '../../libs/trail/testing/repack.js';
import type { Answer, Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { planted, type Planted } from './addressed-entries.js';
import {
  addressed,
  audienceOf,
  callerNames,
  callers,
  holds,
  own,
  ownAlone,
  party,
  stranger,
  type CallerName,
} from './audience-table.js';
import { familyName } from './planted.js';
import { readableIn } from './readable-in.js';
import { entryLike, request } from './sample-entries.js';
import { contentOf, ordered } from './trails.js';

const look = { 'Access-Purpose': 'lawfulness-check' };

/** In each exchange the third party asks the own agency, or is asked by it where only who asked can go on. */
async function open(all: readonly Planted[]): Promise<void> {
  const isByOwn = ({ entry: { type } }: Planted): boolean => type === 'RequestWithdrawn';
  const requests = (some: readonly Planted[], addressee: string): readonly EntryBody[] =>
    some.flatMap(({ entry: { exchange } }) =>
      exchange === undefined ? [] : [request({ exchange, data: { addressee } })],
    );
  const byParty = requests(
    all.filter((one) => !isByOwn(one)),
    own,
  );
  expect((await by['party worker'].batch(byParty)).status).toBe(201);
  expect((await by['own worker'].batch(requests(all.filter(isByOwn), party))).status).toBe(201);
}

const recorderOf = ({ entry }: Planted) => entryTypes.get(entry.type)?.recordedBy;

async function record(all: readonly Planted[]): Promise<void> {
  for (const [role, caller] of [
    ['agency', by['own worker']],
    ['dpo', by['own dpo']],
    ['operator', by.operator],
  ] as const) {
    const entries = all.filter((one) => recorderOf(one) === role).map(({ entry }) => entry);
    if (entries.length === 0) continue;
    const { status, text } = await caller.batch(entries);
    expect([role, status, status === 201 ? '' : text]).toEqual([role, 201, '']);
  }
  for (const one of all.filter((each) => recorderOf(each) === 'ledger')) await running.recordOwn(one.entry);
}

const types = [...entryTypes.values()].filter(({ log }) => log === 'entries').map(({ name }) => name);
const hideable = types.filter((type) => {
  const known = entryTypes.get(type);
  return known?.recordedBy === 'agency' && fieldsOf(known.data).has('visibility') && type !== 'SealedEntryRecorded';
});

let running: RunningLedger;
let by: Readonly<Record<CallerName, Caller>>;
const shared = types.map((type) => planted(type, 'open'));
const hidden = hideable.map((type) => planted(type, 'restricted'));
/** Says of a hidden entry, and openly, that something in it was wrong. */
const corrections = hidden.map(({ entry: { id, exchange } }) =>
  entryLike('EntryCorrected', {
    ...(exchange !== undefined && { exchange }),
    data: { corrects: id, visibility: 'open' },
  }),
);
let seen: Readonly<Record<CallerName, Seen>>;
let seenAfterwards: Readonly<Record<CallerName, Seen>>;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(own, addressed, party, stranger);
  const tokens = Object.entries(callers).map(async ([name, [role, agency]]) => {
    const supervises = role === 'regulator';
    const body = supervises ? `dpa-of-${agency}` : agency;
    return [name, await running.as(role, body, supervises ? { competentFor: [agency] } : {})] as const;
  });
  by = Object.fromEntries(await Promise.all(tokens)) as typeof by;
  await open([...shared, ...hidden]);
  await record(shared);
  seen = await seenByAll();
  await record(hidden);
  expect((await by['own worker'].batch(corrections)).status).toBe(201);
  seenAfterwards = await seenByAll();
});
afterAll(() => running.remove());

/** What a caller is answered wherever lists, counts and files are to be had, by address. */
type Seen = ReadonlyMap<string, string>;

async function seenByAll(): Promise<Readonly<Record<CallerName, Seen>>> {
  await running.raiseCheckNotes();
  const all: [CallerName, Seen][] = [];
  for (const name of callerNames) all.push([name, await seenBy(by[name])]);
  return Object.fromEntries(all) as Readonly<Record<CallerName, Seen>>;
}

async function seenBy(caller: Caller): Promise<Seen> {
  const { views = [] } = (await caller.get('/v1/views')).json<{ views?: { name: string; columns: object[] }[] }>();
  const lists = views.flatMap(({ name, columns }) =>
    columns.length === 0 ? [`views/${name}`] : [`views/${name}?limit=1000`, `views/${name}?format=csv`],
  );
  const found = new Map<string, string>();
  for (const path of [...lists, 'views/disclosures?limit=1000', 'views/summary', 'inbox?limit=1000', ...exchanges]) {
    // How many entries the log holds is nobody's secret.
    if (!path.startsWith('views/integrity?')) found.set(path, essence(await caller.get(`/v1/${path}`)));
  }
  return found;
}

const exchanges = [...shared, ...hidden].flatMap(({ entry: { exchange } }) =>
  exchange === undefined ? [] : [`exchanges/${exchange}`],
);

/** All of an answer but how far the log has come meanwhile. */
function essence({ headers, text }: Answer): string {
  // The last record says how far.
  if (headers['content-type']?.includes('csv') === true) return text.trimEnd().split('\r\n').slice(0, -1).join('\n');
  const { completeUpTo: _, note: __, integrity: ___, ...rest } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return JSON.stringify(rest);
}

/** What somebody sees of an entry, in the letters of the table. */
async function lettersOf({ entry, markers }: Planted, caller: Caller): Promise<string> {
  const { status, text } = await caller.get(`/v1/entries/${entry.id}`, look);
  if (status !== 200) return String(status);
  const { opened: blocks = [] } = JSON.parse(text) as { readonly opened?: readonly BlockName[] };
  const marked = [...markers].filter(([marker]) => text.includes(marker)).map(([, block]) => block);
  if (text.includes(`"type":"${entry.type}"`)) marked.push('terms');
  return blockNames.map((block) => ([...blocks, ...marked].includes(block) ? block.charAt(0) : '-')).join('');
}

/** The table, as far as the entry has such blocks at all. */
function expectedOf({ entry, markers }: Planted, audience: string): string {
  if (audience === '404') return audience;
  const fields = fieldsOf(entryTypes.get(entry.type)?.data as never);
  const blocks = new Set<BlockName>(['terms', ...markers.values()]);
  for (const name of Object.keys(entry.data)) blocks.add(fields.get(name)?.block ?? 'terms');
  return blockNames.map((block, place) => (blocks.has(block) ? audience.charAt(place) : '-')).join('');
}

describe('A block', () => {
  const blockOf = new Map(
    Object.entries(holds).flatMap(([block, fields]) => fields.split(/\s+/).map((field) => [field, block] as const)),
  );
  const fieldsWithin = (type: Parameters<typeof fieldsOf>[0]): readonly Field[] =>
    [...fieldsOf(type).values()].flatMap((field) =>
      field.kind.nested ? [field, ...fieldsWithin(field.kind.nested)] : [field],
    );

  test.each(types)('of %s holds what it is for and nothing else', (type) => {
    const fields = fieldsWithin(entryTypes.get(type)?.data as never).filter(({ name }) => blockOf.has(name));
    expect(fields.map(({ name, block }) => [name, block])).toEqual(fields.map(({ name }) => [name, blockOf.get(name)]));
  });
});

describe('Lists, counts, CSV files and inboxes', () => {
  test('hold nothing but terms, whoever asks', () => {
    for (const name of callerNames) {
      const told = [...seenAfterwards[name]].filter(([, text]) => text.includes(familyName)).map(([path]) => path);
      expect([name, told]).toEqual([name, []]);
    }
  });

  test('name no entry that does not exist for whoever asks, or for the agencies they supervise', () => {
    const behind: Partial<Record<CallerName, CallerName>> = { 'regulator of the addressed': 'addressed dpo' };
    for (const name of callerNames) {
      const text = [...seenAfterwards[name].values()].join('\n');
      const named = shared.filter(({ entry }) => text.includes(entry.id));
      const unknown = named.filter(({ entry }) =>
        [name, behind[name] ?? name].every((one) => audienceOf(entry)[one] === '404'),
      );
      expect([name, unknown.map(({ entry }) => entry.type)]).toEqual([name, []]);
    }
  });

  test('are full for the own agency, and empty for strangers and the operator', () => {
    const count = (name: CallerName): number => {
      const text = [...seen[name].values()].join('\n');
      return shared.filter(({ entry }) => text.includes(entry.id)).length;
    };
    expect(count('own dpo')).toBeGreaterThan(50);
    expect(count('addressed dpo')).toBeGreaterThan(20);
    expect(
      ['stranger dpo', 'stranger worker', 'regulator of strangers', 'operator'].map((name) =>
        count(name as CallerName),
      ),
    ).toEqual([0, 0, 0, 0]);
  });

  test('say the same as before to all others once hidden entries were recorded, and openly corrected', () => {
    const others = callerNames.filter((one) => !one.startsWith('own') && one !== 'competent regulator');
    for (const name of others) {
      const differing = [...seenAfterwards[name]].filter(([path, text]) => seen[name].get(path) !== text);
      expect([name, differing.map(([path]) => path)]).toEqual([name, []]);
    }
  });

  test('say of hidden entries the same to the agency and to its supervisor, who may know every block', () => {
    // What waits for an agency is nobody's turn but its own, and its inbox is not its supervisor's.
    const paths = [...seen['competent regulator'].keys()].filter(
      (path) => !/^(?:inbox|views\/(?:today|silent))/.test(path),
    );
    const hiddenIn = (name: CallerName, path: string): readonly string[] => {
      const text = seenAfterwards[name].get(path) ?? '';
      return hidden.filter(({ entry }) => text.includes(entry.id)).map(({ entry: { type } }) => type);
    };
    for (const path of paths) {
      expect([path, hiddenIn('competent regulator', path)]).toEqual([path, hiddenIn('own dpo', path)]);
    }
    expect(paths.filter((path) => hiddenIn('own dpo', path).length > 0).length).toBeGreaterThan(30);
    expect(hiddenIn('competent regulator', 'views/check-notes?limit=1000').length).toBeGreaterThan(5);
  });
});

/** All that can be read in an export. */
async function handed(name: CallerName, order: object, purpose: string): Promise<string> {
  await running.advance();
  const path = await ordered(by[name], order, { 'Access-Purpose': purpose }, '/v1/exports');
  return readableIn(await unpack((await contentOf(by[name], path)).bytes));
}

describe('Exports', () => {
  const year = { from: '2020-01-01T00:00:00.000Z', until: '2030-01-01T00:00:00.000Z', language: 'en' };

  test('to the supervisor hold every block of the agency; to the supervisors of others, none', async () => {
    const [X8, X1] = [
      { profile: 'X8', ...year },
      { profile: 'X1', ...year },
    ];
    const answer = await handed('own dpo', X8, 'supervisory-request');
    const ofAgencies = shared.filter((one) => ['agency', 'dpo'].includes(recorderOf(one) ?? ''));
    for (const { entry, markers } of ofAgencies) {
      const lacking = [...markers].filter(([marker]) => !answer.includes(marker));
      expect([entry.type, lacking]).toEqual([entry.type, []]);
    }
    expect(await handed('competent regulator', X1, 'supervisory-request')).toContain(familyName);
    for (const name of ['addressed dpo', 'party dpo', 'stranger dpo'] as const)
      expect([name, (await handed(name, X8, 'supervisory-request')).includes(familyName)]).toEqual([name, false]);
    for (const name of ['regulator of the addressed', 'regulator of strangers'] as const)
      expect([name, (await handed(name, X1, 'supervisory-request')).includes(familyName)]).toEqual([name, false]);
  });

  test('of an exchange do not exist for who recorded nothing in it', async () => {
    for (const name of ['addressed dpo', 'stranger dpo', 'regulator of strangers'] as const) {
      const order = { profile: 'X7', exchange: exchanges[0]?.slice('exchanges/'.length) };
      expect([name, (await by[name].post('/v1/exports', order, look)).status]).toEqual([name, 404]);
    }
  });

  test('are not for case workers, nor for the operator', async () => {
    for (const name of ['own worker', 'addressed worker', 'stranger worker', 'operator'] as const) {
      const { status } = await by[name].post('/v1/exports', { profile: 'X1', ...year }, look);
      expect([name, status]).toEqual([name, 403]);
    }
  });
});

describe('An entry, asked for by its id', () => {
  test.each(shared.map((one) => [one.entry.type, one] as const))(
    '%s opens to each what is theirs',
    async (_type, one) => {
      const letters = callerNames.map(async (name) => [name, await lettersOf(one, by[name])] as const);
      const audience = Object.entries(audienceOf(one.entry)).map(([name, all]) => [name, expectedOf(one, all)]);
      expect(Object.fromEntries(await Promise.all(letters))).toEqual(Object.fromEntries(audience));
    },
  );

  test('does not exist for others while it is hidden, of whatever type', async () => {
    const others = callerNames.filter((name) => ownAlone[name] === '404');
    for (const one of hidden) {
      const letters = await Promise.all(others.map((name) => lettersOf(one, by[name])));
      expect([one.entry.type, ...letters]).toEqual([one.entry.type, ...others.map(() => '404')]);
    }
  });

  test('is open in the registry log, which holds no persons', async () => {
    const { id, ...role } = entryLike('RoleDefined');
    expect((await by['own worker'].record({ id, ...role })).status).toBe(201);
    for (const name of callerNames) {
      const { status } = await by[name].get(`/v1/entries/${id}`, look);
      expect([name, status]).toEqual([name, 200]);
    }
  });
});

/** Last, because it takes a winter. */
describe('Statistics', () => {
  test('of what everybody may know of hold figures of it, and nothing of any entry', async () => {
    const disclosures = Array.from({ length: 6 }, () => planted('InformationDisclosed', 'open')).map((one) => ({
      ...one,
      entry: { ...one.entry, occurredAt: running.clock.now() },
    }));
    await record(disclosures);
    running.clock.tick(80 * 24 * 60 * 60_000);
    by = { ...by, 'own dpo': await running.as('dpo', own) };
    const text = await handed('own dpo', { profile: 'X9', quarter: '2026-Q4', language: 'en' }, 'self-monitoring');
    expect(text).toMatch(/2026-11: 5\b/);
    expect(text).not.toContain(familyName);
    const [all, exchanged] = [[...shared, ...disclosures], disclosures.map(({ entry }) => String(entry.exchange))];
    expect(all.filter(({ entry }) => text.includes(entry.id))).toEqual([]);
    expect(exchanged.filter((exchange) => text.includes(exchange))).toEqual([]);
  });
});
