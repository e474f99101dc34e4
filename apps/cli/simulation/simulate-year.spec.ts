import {
  blocksOf,
  entryTypes,
  advance,
  fieldsOf,
  headFor,
  nothingYet,
  openSince,
  refusalOf,
  standingAt,
  validateEntry,
  type Said,
  type Times,
  type ValidEntry,
} from '#catalogue';
import { instantAt, isUuid, type Instant } from '#kernel';
import { admissionOf } from './admissions.js';
import { agencyIds, network } from './network.js';
import type { SimulatedEntry } from './script.js';
import { simulateYear } from './simulate-year.js';
import { wording } from './wording.js';

const seeds = ['1', '2', '3', '5', '8', '13', '21', '34', '55', '89'];
const now = instantAt(Date.UTC(2026, 0, 1));
const simulated = (seed: string, exchanges = 40): SimulatedEntry[] => [
  ...simulateYear({ seed, exchanges, year: 2025 }),
];
const valid = ({ body }: SimulatedEntry): ValidEntry => validateEntry(JSON.parse(JSON.stringify(body)), now);

describe('a simulated year', () => {
  it('is the same for the same seed, ids included', () => {
    expect(simulated('7')).toEqual(simulated('7'));
  });

  it('shares no id with that of another seed, another size or another year', () => {
    const years = [
      simulated('7'),
      simulated('8'),
      simulated('7', 41),
      [...simulateYear({ seed: '7', exchanges: 40, year: 2024 })],
    ];
    const ids = years.flat().map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isUuid)).toBe(true);
  });

  it.each(seeds)('has only valid entries (seed %s)', (seed) => {
    for (const entry of simulated(seed)) expect(() => valid(entry)).not.toThrow();
  });

  it.each(seeds)('says nothing that is not for its agency to say, in the order in which it comes (seed %s)', (seed) => {
    const exchanges = new Map<string, Times>();
    for (const entry of simulated(seed)) {
      const { exchange, type: name, occurredAt } = entry.body;
      const type = entryTypes.get(name);
      const said = { issuer: entry.agency, type: name, terms: blocksOf(valid(entry)).terms, occurredAt } as Said;
      const times = exchange === undefined ? undefined : exchanges.get(exchange);
      const head = times ? headFor(standingAt(times, said.occurredAt), entry.agency) : null;
      if (times) expect(head?.parties).toContain(entry.agency);
      expect(type && refusalOf(type, entry.by ?? 'agency', head, said)).toBeNull();
      if (exchange !== undefined) exchanges.set(exchange, advance(times ?? nothingYet, said, openSince({ said })));
    }
  });

  it.each(seeds)('puts no person, no record and no sentence of a worker into block terms (seed %s)', (seed) => {
    const sentences: readonly string[] = Object.values(wording).flat();
    for (const entry of simulated(seed)) {
      const type = entryTypes.get(entry.body.type);
      const { terms: open, ...closed } = blocksOf(valid(entry));
      const terms = JSON.stringify(open);
      const hasCase = type !== undefined && fieldsOf(type.data).has('case');
      if (hasCase && entry.by === undefined) expect(JSON.stringify(closed)).toMatch(/case-|follows/);
      expect(terms).not.toMatch(/(case|person|file)-[0-9a-f]{10}|(staff|person)-(\w+-)?\d/);
      expect(sentences.filter((sentence) => terms.includes(sentence))).toEqual([]);
    }
  });

  it('keeps the time within each exchange and stays within its year', () => {
    const last = new Map<string, string>();
    for (const { body } of simulated('7', 200)) {
      const { exchange, occurredAt } = body;
      expect(occurredAt >= '2025-01-01' && occurredAt < '2026-01-01').toBe(true);
      if (exchange === undefined) continue;
      expect(occurredAt >= (last.get(exchange) ?? '')).toBe(true);
      last.set(exchange, occurredAt);
    }
  });

  it('ends where it is told to, with exchanges that are not finished', () => {
    const until = '2025-03-01T00:00:00.000Z' as Instant;
    const entries = [...simulateYear({ seed: 1, exchanges: 300, year: 2025, until })];
    expect(entries.every(({ body }) => body.occurredAt < until)).toBe(true);
    const asked = entries.filter(({ body }) => body.type === 'InformationRequested');
    const decided = entries.filter(({ body }) => body.type === 'RequestDecided');
    expect(decided.length).toBeLessThan(0.98 * asked.length);
  });

  it('covers the twelve months before a moment where no year is named', () => {
    const until = '2026-07-01T00:00:00.000Z' as Instant;
    const moments = [...simulateYear({ seed: 1, exchanges: 60, until })].map(({ body }) => body.occurredAt).sort();
    expect(moments.at(0)?.slice(0, 7)).toBe('2025-07');
    expect(moments.at(-1)?.slice(0, 7)).toBe('2026-06');
  });

  it('is made as it is read: the first entries of ten million exchanges are there at once', () => {
    const first = simulateYear({ seed: 1, exchanges: 10_000_000, year: 2025 })[Symbol.iterator]().next();
    expect(first.value?.body.occurredAt.slice(0, 10)).toBe('2025-01-01');
  });

  it('has eight to eleven entries an exchange and lets every agency speak', () => {
    const entries = simulated('7', 600).filter(({ by }) => by === undefined);
    const exchanges = new Set(entries.map(({ body }) => body.exchange));
    expect(entries.length / exchanges.size).toBeGreaterThan(8);
    expect(entries.length / exchanges.size).toBeLessThan(11);
    expect(new Set(entries.map(({ agency }) => agency))).toEqual(new Set(agencyIds));
  });

  it('takes a wrong birth date back from several recipients', () => {
    const taken = simulated('7', 600).filter(({ body }) => body.type === 'DisclosureInvalidated');
    expect(taken.some(({ body }) => [body.data['recipients']].flat().length > 1)).toBe(true);
    expect(JSON.stringify(taken)).toContain('Geburtsdatum');
  });
});

describe('the simulated network', () => {
  it('has nine agencies under reserved names, each with a valid admission of its own', () => {
    expect(network).toHaveLength(9);
    const admissions = network.map((agency) => validateEntry(admissionOf(agency), now));
    expect(new Set(admissions.map(({ id }) => id)).size).toBe(9);
    expect(agencyIds.every((id) => id.endsWith('.example'))).toBe(true);
  });
});
