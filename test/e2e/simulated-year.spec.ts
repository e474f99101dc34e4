import { entryTypes } from '#catalogue';
import { instantAt, ledgerIssuer, type Instant } from '#kernel';
import { admissionOf } from '../../apps/cli/simulation/admissions.js';
import { compareNotes, notesTable } from '../../apps/cli/simulation/compare-notes.js';
import type { Intent } from '../../apps/cli/simulation/intent.js';
import { network } from '../../apps/cli/simulation/network.js';
import { answersTo } from '../../apps/cli/simulation/note-answers.js';
import { registryEntries } from '../../apps/cli/simulation/registry-entries.js';
import type { SimulatedEntry } from '../../apps/cli/simulation/script.js';
import { expectedNotes, simulateYear } from '../../apps/cli/simulation/simulate-year.js';
import { sourceOf } from '../../apps/cli/simulation/sources.js';
import { usesOf } from '../../apps/cli/simulation/uses.js';
import { everyRule } from '../../libs/compliance/rules/every-rule.js';
import { notesOn } from './judged-year.js';

const hour = 60 * 60 * 1000;
const ends = Date.UTC(2026, 10, 22);
const until = instantAt(ends);

interface Year {
  readonly entries: readonly SimulatedEntry[];
  readonly expected: readonly Intent[];
}

/** What the network agreed on, its year, and the ledger in use. */
function yearOf(seed: string, exchanges: number, end: Instant = until): Year {
  const simulation = { seed, exchanges, until: end };
  const admissions = network.map((one): SimulatedEntry => ({ agency: ledgerIssuer, body: admissionOf(one) }));
  const told = [...simulateYear(simulation)];
  const [first] = told;
  if (first === undefined) throw new RangeError('nothing happened');
  const uses = usesOf(seed, Date.parse(end) - hour, first);
  return {
    entries: [...admissions, ...registryEntries(), ...told, ...uses.entries],
    expected: [...expectedNotes(simulation), ...uses.intents],
  };
}

const seeds = ['2026', '3', '5', '8'];

describe('Check notes on a simulated year', () => {
  test.each(seeds)('are what was intended: none missed, none extra (seed %s)', async (seed) => {
    const { entries, expected } = yearOf(seed, 150);
    const compared = compareNotes(expected, await notesOn(entries, until, instantAt(ends + hour)));
    const wrong = compared.flatMap(({ missed, extra }) => [
      ...missed.map((one) => ['missed', one]),
      ...extra.map((one) => ['extra', one]),
    ]);
    expect({ seed, table: wrong.length > 0 ? notesTable(compared) : [], wrong }).toEqual({
      seed,
      table: [],
      wrong: [],
    });
  });

  test.each([Date.UTC(2025, 3, 22), Date.UTC(2026, 0, 1), Date.UTC(2024, 2, 1)])(
    'are what was intended whenever the year ends (%p)',
    async (end) => {
      const { entries, expected } = yearOf('13', 60, instantAt(end));
      const compared = compareNotes(expected, await notesOn(entries, instantAt(end), instantAt(end + hour)));
      expect(compared.filter(({ missed, extra }) => missed.length + extra.length > 0)).toEqual([]);
    },
  );

  test('are of every rule there is, however few exchanges there are', () => {
    const { expected } = yearOf('1', 1);
    expect(new Set(expected.map(({ rule }) => rule))).toEqual(new Set(everyRule.map(({ id }) => id)));
  });
});

describe('Entries of a simulated year', () => {
  const year = yearOf('1', 1);
  const notes = year.expected.map(({ entry, agency }) => ({ id: entry, agency }));
  const answers = answersTo(notes, '1', ends);
  const types = new Set([...year.entries, ...answers].map(({ body }) => body.type));

  test.each([...entryTypes.keys()])('%s comes from where the list says', (type) => {
    // The one is the ledger's alone to raise, the other is of a time that no ledger has lived to see: ADR 0016.
    const isRecordedByNobody = ['LogPruned', 'CheckNoteRaised'].includes(type);
    expect(types.has(type)).toBe(!isRecordedByNobody);
    expect(sourceOf(type) === 'use' || sourceOf(type) === 'nobody').toBe(
      isRecordedByNobody || ['LedgerAccessed', 'ExportIssued', 'CheckNoteAssessed'].includes(type),
    );
  });
});
