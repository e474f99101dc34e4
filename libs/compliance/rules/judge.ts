import { millisecondsOf, type EntryId, type Instant } from '#kernel';
import type { Calendar } from './deadlines/calendar.js';
import { completed } from './issuer-side.js';
import { erasedOf, typesIn, type JudgedEntry, type Matter } from './matter.js';
import type { RegistryState } from './registry-state.js';
import { keyOf, undecided, type Judgement, type Rule, type Then } from './rule.js';
import { rulesFor } from './rules-for.js';
import type { ResolvedSettings, Settings } from './settings.js';
import type { Side } from './side.js';

/** A judgement with everything a check note cites. */
export interface Judged extends Judgement {
  readonly rule: Rule;
  readonly key: string;
  readonly settings: ResolvedSettings;
}

/** What was in force when an entry was recorded. */
export interface InForce {
  readonly settings: Settings;
  readonly registry: RegistryState;
  /** where it is judged what was opened to those it is judged for: the moment of that, before which no time runs */
  readonly opened?: Instant;
}

/**
 * Judges a matter by all rules about its kind. A function of the entries and of what was in force: it has no clock and
 * asks nobody.
 *
 * @param inForce what was in force when an entry was recorded
 * @param isMeant which judgements are asked for: all, unless told otherwise
 */
export function judge(
  matter: Matter,
  rules: readonly Rule[],
  inForce: (entry: EntryId) => InForce,
  isMeant: (judgement: Judgement, rule: Rule) => boolean = () => true,
): readonly Judged[] {
  const erased = erasedOf(matter);
  const { about, reading } = rulesFor(rules, matter.kind, typesIn(matter));
  return about
    .flatMap((rule) => {
      const isRead = reading.has(rule);
      if (!isRead && erased.length === 0) return [];
      const found = isRead ? rule.judge(matter, ({ id }) => thenOf(rule, inForce(id))) : [];
      const said = openWhileAnnounced(found, matter);
      // An erased entry may be what was owed, and its type is gone with it.
      const certain = erased.length === 0 ? said : [...said.map(undecidedByErasure), ...erased.map(unknowable)];
      return certain
        .filter((judgement) => isMeant(judgement, rule))
        .map((judgement) => judged(rule, judgement, inForce));
    })
    .filter(({ settings }) => settings.applies);
}

function judged(rule: Rule, judgement: Judgement, inForce: (entry: EntryId) => InForce): Judged {
  const known = inForce(judgement.entry);
  const side = completed(judgement.side, known.registry);
  const settings = citingDays(known.settings.of(rule, side), { judgement, side }, known);
  return {
    ...judgement,
    side,
    rule,
    key: keyOf(rule, judgement),
    settings: judgement.basis === undefined ? settings : { ...settings, basis: judgement.basis },
  };
}

/** Where a time of days was given, the pack by which they are counted settled its end, too: it is cited last. */
function citingDays(
  settings: ResolvedSettings,
  { judgement, side }: { readonly judgement: Judgement; readonly side: Side },
  { settings: inForce, registry }: InForce,
): ResolvedSettings {
  const { deadline = settings.deadline } = judgement;
  if (deadline === null || deadline === 'at-once' || 'hours' in deadline) return settings;
  const pack = registry.calendarOf(side.agency) === null ? inForce.countsDays(side) : null;
  const isNew = pack !== null && !settings.packs.includes(pack);
  return isNew ? { ...settings, packs: [...settings.packs, pack] } : settings;
}

/** Entries need not say under which law they are: every rule falls back on the one their agency was admitted with. */
function thenOf(rule: Rule, { settings, registry, opened }: InForce): Then {
  const begun = (from: Instant): Instant => (opened !== undefined && opened > from ? opened : from);
  const calendar = (side: Side): Calendar =>
    settings.calendar(completed(side, registry), registry.calendarOf(side.agency));
  const then: Then = {
    settings: (side) => settings.of(rule, completed(side, registry)),
    end: (side, from, deadline = then.settings(side).deadline) =>
      deadline === null ? begun(from) : calendar(side).end(deadline, begun(from)),
    endOfDay: (side, day) => calendar(side).endOfDay(day),
    country: (side) => calendar(side).country,
    registry,
  };
  return then;
}

/**
 * What is said to be done on a day after all of it was recorded is announced, and not done: it stays owed until somebody
 * records that it was. What is announced for a moment within the time given is taken at its word.
 */
function openWhileAnnounced(found: readonly Judgement[], { entries, linked }: Matter): readonly Judgement[] {
  if (!found.some(({ verdict }) => verdict.is === 'broken' && verdict.done !== undefined)) return found;
  const known = [...entries, ...[...linked.values()].flatMap((other) => other.entries)];
  const recordedAt = new Map(known.map((entry) => [entry.id, millisecondsOf(entry.recordedAt)]));
  return found.map((judgement) => {
    const { verdict, facts } = judgement;
    if (verdict.is !== 'broken' || verdict.done === undefined) return judgement;
    const earliest = millisecondsOf(verdict.done) - aDay;
    const isRecorded = facts.some((id) => (recordedAt.get(id) ?? 0) >= earliest);
    return isRecorded ? judgement : { ...judgement, verdict: { is: 'pending', due: verdict.since } };
  });
}

/** Milliseconds: clocks differ, and who says a day means some moment of it. */
const aDay = 86_400_000;

/** What is owed and not there may have been erased. */
const undecidedByErasure = (judgement: Judgement): Judgement =>
  judgement.verdict.is === 'pending' ? { ...judgement, verdict: undecided(judgement.verdict) } : judgement;

const unknowable = ({ id, issuer }: JudgedEntry): Judgement => ({
  side: { agency: issuer, regime: null, pack: null },
  entry: id,
  part: null,
  verdict: { is: 'not-decidable' },
  facts: [id],
});
