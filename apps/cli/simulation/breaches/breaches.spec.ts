import { entryTypes, evolve, refusalOf, blocksOf, validateEntry, type ExchangeHead, type Said } from '#catalogue';
import { instantAt, type Instant } from '#kernel';
import { everyRule } from '../../../../libs/compliance/rules/every-rule.js';
import { notesOn } from '../../../../test/e2e/judged-year.js';
import { operatorBody } from '../../bearer-tokens.js';
import { admissionOf } from '../admissions.js';
import { day, hour, inOfficeHours } from '../calendar.js';
import type { Intent } from '../intent.js';
import { network } from '../network.js';
import { somebody } from '../person.js';
import { Random } from '../random.js';
import { intendedInRegistry, registryEntries } from '../registry-entries.js';
import { Script, type SimulatedEntry } from '../script.js';
import { everyBreach } from './every-breach.js';
import { notBreakable } from './not-breakable.js';

const seeds = ['1', '2', '3', '5', '8'];

interface Told {
  readonly name: string;
  readonly script: Script;
}

/** A simulation ends on any day, its holidays and the change of clocks included. */
const endOf = (seed: string): number => Date.UTC(2026, 0, new Random(seed).whole(1, 730));

/** Every story, begun so early that whatever it leaves out is overdue at the end. */
const toldIn = (seed: string): readonly Told[] =>
  everyBreach.map(({ name, tell }) => {
    const until = endOf(seed);
    const random = new Random(`${seed} ${name}`);
    const begins = Math.floor(until - random.between(290, 365) * day);
    const script = new Script(random, somebody(random), inOfficeHours(begins, random), until, true);
    tell(script);
    return { name, script };
  });

const admissions = network.map((one): SimulatedEntry => ({ agency: operatorBody, body: admissionOf(one) }));
const registry: readonly SimulatedEntry[] = [...admissions, ...registryEntries()];

const line = ({ rule, agency, entry, part }: Intent): string => [rule, agency, entry, part ?? '-'].join(' ');

/** As they may reach a ledger: those of an exchange in their order, exchanges in any. */
function mixed(entries: readonly SimulatedEntry[], random: Random): readonly SimulatedEntry[] {
  const queues = [...Map.groupBy(entries, ({ body }) => body.exchange ?? body.id).values()].map((some) => [...some]);
  const next = (): SimulatedEntry | undefined => random.pick(queues.filter(({ length }) => length > 0)).shift();
  return entries.flatMap(() => next() ?? []);
}

describe('breaches on purpose', () => {
  it.each(seeds)('are all found, and nothing beside them, in whatever order they arrive (seed %s)', async (seed) => {
    const stories = toldIn(seed);
    const entries = stories.flatMap(({ script }) => script.entries);
    const until = endOf(seed);
    // An hour later, what is owed until the last moment is overdue.
    const asked = instantAt(until + hour);
    const found = await notesOn([...registry, ...mixed(entries, new Random(seed))], instantAt(until), asked);
    const where = new Map(
      stories.flatMap(({ name, script }) => script.entries.map(({ body }) => [body.id, `${name}, ${body.type}`])),
    );
    const shown = (one: Intent): string => `in ${where.get(one.entry) ?? 'the registry'}: ${line(one)}`;
    const intended = [...intendedInRegistry(), ...stories.flatMap(({ script }) => script.intents)];
    const [wanted, raised] = [new Set(intended.map(line)), new Set(found.map(line))];
    expect({
      missed: intended.filter((one) => !raised.has(line(one))).map(shown),
      extra: found.filter((one) => !wanted.has(line(one))).map(shown),
    }).toEqual({ missed: [], extra: [] });
  });

  it.each(seeds)('are entries that the ledger takes, each from who sends it (seed %s)', (seed) => {
    const now = instantAt(endOf(seed));
    const heads = new Map<string, ExchangeHead>();
    for (const { agency, body, by = 'agency' } of toldIn(seed).flatMap(({ script }) => script.entries)) {
      const { terms, type } = saidIn(body, now);
      const said: Said = { issuer: agency, type: body.type, terms, occurredAt: body.occurredAt as Instant };
      const head = body.exchange === undefined ? null : (heads.get(body.exchange) ?? null);
      if (head !== null) expect(head.parties).toContain(agency);
      expect(refusalOf(type, by, head, said)).toBeNull();
      if (body.exchange !== undefined) heads.set(body.exchange, evolve(head, said));
    }
  });

  it('are told one a rule, and what nobody can break is said to be so', () => {
    const stories = toldIn('1');
    for (const { name, script } of stories) expect(script.intents.map(({ rule }) => rule)).toContain(name);
    const inRegistry = new Set(intendedInRegistry().map(({ rule }) => rule));
    const named = [...stories.map(({ name }) => name), ...inRegistry, ...notBreakable.keys()];
    expect(named.toSorted()).toEqual(everyRule.map(({ id }) => id).toSorted());
  });
});

function saidIn(body: SimulatedEntry['body'], now: Instant) {
  const type = entryTypes.get(body.type);
  if (type === undefined) throw new RangeError(`${body.type} is no type`);
  return { type, terms: blocksOf(validateEntry(JSON.parse(JSON.stringify(body)), now)).terms ?? {} };
}
