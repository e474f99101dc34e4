import type { EntryId } from '#kernel';
import { completed } from './issuer-side.js';
import { erasedOf, typesIn, type JudgedEntry, type Matter } from './matter.js';
import type { RegistryState } from './registry-state.js';
import { keyOf, undecided, type Judgement, type Rule, type Then } from './rule.js';
import { rulesFor } from './rules-for.js';
import type { ResolvedSettings, Settings } from './settings.js';

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
      // An erased entry may be what was owed, and its type is gone with it.
      const certain = erased.length === 0 ? found : [...found.map(undecidedByErasure), ...erased.map(unknowable)];
      return certain
        .filter((judgement) => isMeant(judgement, rule))
        .map((judgement) => judged(rule, judgement, inForce));
    })
    .filter(({ settings }) => settings.applies);
}

function judged(rule: Rule, judgement: Judgement, inForce: (entry: EntryId) => InForce): Judged {
  const known = inForce(judgement.entry);
  const side = completed(judgement.side, known.registry);
  const settings = known.settings.of(rule, side);
  return {
    ...judgement,
    side,
    rule,
    key: keyOf(rule, judgement),
    settings: judgement.basis === undefined ? settings : { ...settings, basis: judgement.basis },
  };
}

/** Entries need not say under which law they are: every rule falls back on the one their agency was admitted with. */
function thenOf(rule: Rule, { settings, registry }: InForce): Then {
  const then: Then = {
    settings: (side) => settings.of(rule, completed(side, registry)),
    end: (side, from, deadline = then.settings(side).deadline) =>
      deadline === null ? from : settings.calendar(completed(side, registry)).end(deadline, from),
    endOfDay: (side, day) => settings.calendar(completed(side, registry)).endOfDay(day),
    registry,
  };
  return then;
}

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
