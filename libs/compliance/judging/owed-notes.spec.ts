import { agencyId, ledgerIssuer, type EntryId, type Instant } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { onEveryDatabase } from '../testing/on-every-database.js';
import type { Projected } from '../testing/projected.js';
import { clinic, exchangeOf, hoursAfter, police, uuidOf, type Told } from '../testing/recorded-log.js';
import { disclosed, received } from '../testing/stories.js';
import { checkNoteIdOf, checkNoteKeyOf, judgementKeyOf } from './check-note-key.js';
import { judgements } from './judgements.js';
import { judgementsWithoutNote, nextDue, type OwedNote } from './owed-notes.js';

const projections = [judgements];
const first = exchangeOf('first');
const at = (moment: string): Instant => moment as Instant;
const due = at('2026-03-06T22:59:59.999Z');
const afterwards = at('2026-03-06T23:00:00.000Z');
const justified = { present: ['justification'] };

const owed = ({ views }: Projected, now: Instant, rule = 'LOG-04', limit = 1000) =>
  judgementsWithoutNote(views.database, now, limit).then((notes) => notes.filter((one) => one.rule === rule));

/** The entry that raises a check note; the tests' log makes its id, so nothing is told of that. */
const raised = ({ rule, agency, fact, facts }: OwedNote): Told => ({
  issuer: ledgerIssuer,
  type: 'CheckNoteRaised',
  terms: { rule, agency, fact, facts: [...facts] },
});

describe('a check note is about', () => {
  const [rule, agency, entry] = ['LOG-04', police, uuidOf('an entry') as EntryId];

  it.each([null, police, '/items/0', '/nextReview', '', '/'])('what was judged and back again: %j', (part) => {
    const key = { rule, agency, entry, part };
    expect(judgementKeyOf(checkNoteKeyOf(key))).toEqual(key);
  });

  it('one thing: each has an id of its own, a UUID that follows from it', () => {
    const facts = [null, police, '/items/0', 'items/0'].map((part) => checkNoteKeyOf({ rule, agency, entry, part }));
    const ids = facts.map(checkNoteIdOf);
    expect(new Set(ids).size).toBe(facts.length);
    expect(facts.map(checkNoteIdOf)).toEqual(ids);
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true,
    );
  });

  it('something that fits into an entry, whatever it is about', () => {
    const longest = agencyId('a'.repeat(63));
    expect(checkNoteKeyOf({ rule, agency, entry, part: longest }).fact.length).toBeLessThanOrEqual(120);
  });
});

onEveryDatabase(
  ({ projected }) => {
    describe('a check note is owed', () => {
      it('for what is broken, at once, with everything it cites', async () => {
        await using world = await projected({ projections });
        const [entry] = await world.tell(disclosed(clinic, [police], first));
        const [note] = await owed(world, hoursAfter(1), 'LOG-01');
        const key = { rule: 'LOG-01', agency: clinic, fact: String(entry) };
        expect(note).toMatchObject({ ...key, id: checkNoteIdOf(key), ruleVersion: 1, entry, facts: [entry] });
        expect(note).toMatchObject({ outcome: 'broken', dueAt: hoursAfter(0), severity: 'urgent', basis: 'law' });
        expect(note).toMatchObject({ clause: null, deadline: null });
      });

      it('for what is not done, once its time is over and not before', async () => {
        await using world = await projected({ projections });
        const [entry] = await world.tell(disclosed(clinic, [police], first, justified));
        expect(await owed(world, due)).toEqual([]);
        expect(await owed(world, afterwards)).toMatchObject([
          { agency: police, fact: `${entry}/${police}`, outcome: 'broken', dueAt: due, deadline: { workingDays: 5 } },
        ]);
        expect(await nextDue(world.views.database, hoursAfter(48))).toBe(due);
        expect(await nextDue(world.views.database, due)).toBe(due);
      });

      it('for nothing where nothing is left to be done', async () => {
        await using world = await projected({ projections });
        expect(await nextDue(world.views.database, hoursAfter(0))).toBeNull();
        await world.tell(disclosed(clinic, [police], first, justified), received(police, first));
        expect(await owed(world, afterwards)).toEqual([]);
      });

      it('for what another agency deferred, once the time is over that began when it opened', async () => {
        await using world = await projected({ projections });
        const deferred = { ...justified, visibility: 'deferred-until', hiddenUntil: '2026-03-04' };
        const [entry] = await world.tell(disclosed(clinic, [police], first, deferred));
        const later = at('2026-03-12T22:59:59.999Z');
        expect(await owed(world, later)).toEqual([]);
        expect(await nextDue(world.views.database, due)).toBe(later);
        expect(await owed(world, at('2026-03-12T23:00:00.000Z'))).toMatchObject([
          { agency: police, fact: `${entry}/${police}`, outcome: 'broken', dueAt: later, deadline: { workingDays: 5 } },
        ]);
      });

      it('for what is said to have been done at a day to come, once its time is over and not before', async () => {
        await using world = await projected({ projections });
        const [breach] = await world.tell({
          issuer: police,
          type: 'BreachDetected',
          terms: { awareAt: hoursAfter(0) },
        });
        const mistyped = { breach: String(breach), target: 'authority', notifiedAt: hoursAfter(8760) };
        await world.tell({ issuer: police, type: 'BreachNotified', terms: mistyped });
        expect(await owed(world, hoursAfter(71), 'BRE-01')).toEqual([]);
        expect(await nextDue(world.views.database, hoursAfter(71))).toBe(hoursAfter(72));
        expect(await owed(world, hoursAfter(73), 'BRE-01')).toMatchObject([
          { fact: breach, outcome: 'broken', dueAt: hoursAfter(72) },
        ]);
        await world.tell({
          issuer: police,
          type: 'BreachNotified',
          hour: 71,
          terms: { ...mistyped, notifiedAt: hoursAfter(71) },
        });
        expect(await owed(world, hoursAfter(73), 'BRE-01')).toEqual([]);
      });

      it('for what is broken from the very moment on, and then nothing is due next', async () => {
        await using world = await projected({ projections });
        await world.tell(disclosed(clinic, [police], first), received(police, first));
        expect(await owed(world, hoursAfter(0), 'LOG-01')).toHaveLength(1);
        expect(await nextDue(world.views.database, hoursAfter(0))).not.toBe(hoursAfter(0));
      });

      it('without a time where a day was set, and with the time of the rule where none was', async () => {
        await using world = await projected({ projections });
        const asked = (terms: JsonObject): Told => ({ issuer: police, type: 'RegulatorRequestReceived', terms });
        await world.tell(asked({ answerDue: '2026-03-09' }), asked({}));
        const notes = await owed(world, hoursAfter(8760), 'OVS-01');
        expect(new Map(notes.map(({ dueAt, deadline }) => [dueAt, deadline]))).toEqual(
          new Map([
            ['2026-03-09T22:59:59.999Z', null],
            ['2026-04-01T21:59:59.999Z', { months: 1 }],
          ]),
        );
      });

      it('for what may have been done and is erased, when it was due', async () => {
        await using world = await projected({ projections });
        const [, receipt] = await world.tell(
          disclosed(clinic, [police], first, justified),
          received(police, first, { disclosureId: uuidOf('another') }),
        );
        await erase(world, receipt);
        expect(await owed(world, due)).toEqual([]);
        expect(await owed(world, afterwards)).toMatchObject([{ outcome: 'not-decidable', dueAt: due }]);
        await world.tell({ ...received(police, first), hour: 20 });
        expect(await owed(world, afterwards)).toEqual([]);
      });

      it('for nothing that an erased entry itself may have been', async () => {
        await using world = await projected({ projections });
        const [entry] = await world.tell(disclosed(clinic, [police], first));
        await erase(world, entry);
        expect(await judgementsWithoutNote(world.views.database, at('9999-12-31T00:00:00.000Z'), 10)).toEqual([]);
      });

      it('in parts, each once', async () => {
        await using world = await projected({ projections });
        await world.tell(disclosed(clinic, [police], first), disclosed(police, [clinic], exchangeOf('second')));
        const { database } = world.views;
        const all = await judgementsWithoutNote(database, afterwards, 1000);
        const some: OwedNote[] = [];
        for (let last = ''; ;) {
          const part = await judgementsWithoutNote(database, afterwards, 3, last);
          if (part.length === 0) break;
          expect(part.length).toBeLessThanOrEqual(3);
          some.push(...part);
          last = part.at(-1)?.id ?? '';
        }
        expect(all.length).toBeGreaterThan(3);
        expect(some).toEqual(all);
      });
    });

    describe('a check note that was raised', () => {
      it('is owed no more, by its id, whoever else has one like it', async () => {
        await using world = await projected({ projections });
        await world.tell(disclosed(clinic, [police], first, justified));
        const [note] = await owed(world, afterwards);
        if (note === undefined) throw new RangeError('no note');
        for (const [index, issuer] of [police, ledgerIssuer].entries()) {
          expect(await owed(world, afterwards)).toHaveLength(1);
          await world.views.database
            .insertInto('fact')
            .values({ ...aFact, entry_index: 1000 + index, entry_id: note.id, issuer })
            .execute();
        }
        expect(await owed(world, afterwards)).toEqual([]);
      });

      it('makes nothing owed itself, nor does what is said of it', async () => {
        await using world = await projected({ projections });
        await world.tell(disclosed(clinic, [police], first, justified));
        const [note] = await owed(world, afterwards);
        if (note === undefined) throw new RangeError('no note');
        const before = await judgementsWithoutNote(world.views.database, afterwards, 1000);
        const [id] = await world.tell({ ...raised(note), delay: 1000 });
        await world.tell({ ...assessed(police, String(id), 'explained', 3), delay: 1000 });
        expect(await judgementsWithoutNote(world.views.database, afterwards, 1000)).toEqual(before);
      });

      it('stands as its agency last assessed it', async () => {
        await using world = await projected({ projections });
        await world.tell(disclosed(clinic, [police], first, justified));
        const [note] = await owed(world, afterwards);
        if (note === undefined) throw new RangeError('no note');
        const [id] = await world.tell(raised(note));
        const key = { rule: 'LOG-04', agency: police, fact: note.fact };
        expect(await notes(world)).toEqual([
          { ...key, entry_id: id, raised_at: hoursAfter(0), status: 'open', assessed_at: null },
        ]);
        await world.tell(
          assessed(police, String(id), 'confirmed', 9),
          assessed(police, String(id), 'explained', 5),
          assessed(clinic, String(id), 'not-confirmed', 12),
        );
        expect(await notes(world)).toMatchObject([{ status: 'confirmed', assessed_at: hoursAfter(9) }]);
        await world.tell(assessed(police, String(id), { missing: 'follows' }, 10));
        expect(await notes(world)).toMatchObject([{ status: 'confirmed', assessed_at: hoursAfter(9) }]);
        const [remedied] = await world.tell(assessed(police, String(id), 'remedied', 20));
        expect(await notes(world)).toMatchObject([{ status: 'remedied' }]);
        await erase(world, remedied);
        expect(await notes(world)).toMatchObject([{ status: 'confirmed' }]);
        await erase(world, id);
        expect(await notes(world)).toEqual([]);
      });

      it('is none where somebody else than the ledger says so', async () => {
        await using world = await projected({ projections });
        await world.tell(disclosed(clinic, [police], first, justified));
        const [note] = await owed(world, afterwards);
        if (note === undefined) throw new RangeError('no note');
        await world.tell({ ...raised(note), issuer: police });
        expect(await notes(world)).toEqual([]);
      });
    });

    const assessed = (issuer: typeof police, note: string, status: JsonValue, hour: number): Told => ({
      issuer,
      type: 'CheckNoteAssessed',
      hour,
      terms: { note, status },
    });

    const notes = ({ views }: Projected) => views.database.selectFrom('note').selectAll().execute();

    async function erase(world: Projected, entry: EntryId | undefined): Promise<void> {
      if (entry === undefined) throw new RangeError('no entry');
      await world.log.vault.destroy({ entry, blocks: ['terms'] });
      await world.projector.erase([entry]);
    }
  },
  async (database) => ({ views: await database.openEmpty() }),
);

const aFact = { recorded_at: hoursAfter(0), registry: 0, day: null, said: null };
