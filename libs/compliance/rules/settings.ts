import { Calendar, type Place } from './deadlines/calendar.js';
import { baseOf, type RulePack } from './packs/pack.js';
import type { Rule, RuleSettings } from './rule.js';
import type { Side } from './side.js';

/** Settings with the packs they come from, as a check note cites them. */
export interface ResolvedSettings extends RuleSettings {
  /** `code@version`, the last one that changed something first; empty where none did */
  readonly packs: readonly string[];
}

const berlin: Place = { country: 'DE', zone: 'Europe/Berlin' };

/** One for each place: it remembers the days it was asked about, which is most of the work. */
const calendars = new Map<string, Calendar>();

function calendarOf(place: Place): Calendar {
  const key = JSON.stringify([place.country, place.region, place.zone]);
  const calendar = calendars.get(key) ?? new Calendar(place);
  calendars.set(key, calendar);
  return calendar;
}

/** The packs in force at one moment: what they make of a rule, and how they count days. */
export class Settings {
  readonly #resolved = new Map<string, ResolvedSettings>();
  readonly #calendars = new Map<string, Calendar>();

  /** @param packs in the order in which they are applied */
  constructor(readonly packs: readonly RulePack[]) {}

  of(rule: Rule, side: Side): ResolvedSettings {
    const key = `${rule.id} ${keyOf(side)}`;
    const known = this.#resolved.get(key);
    if (known) return known;
    const { severity, basis, deadline, deadlines, applies } = rule;
    const own: RuleSettings = { severity, basis, deadline, applies, ...(deadlines && { deadlines }) };
    let resolved: ResolvedSettings = { ...own, packs: [] };
    for (const { code, version, rules } of this.#packsOf(side)) {
      const { source: _source, ...changes } = rules[rule.id] ?? {};
      if (Object.keys(changes).length === 0) continue;
      resolved = { ...resolved, ...changes, packs: [`${code}@${version}`, ...resolved.packs] };
    }
    this.#resolved.set(key, resolved);
    return resolved;
  }

  calendar(side: Side): Calendar {
    const key = keyOf(side);
    const known = this.#calendars.get(key);
    if (known) return known;
    const place = this.#packsOf(side).findLast((pack) => pack.place !== undefined)?.place ?? berlin;
    const calendar = calendarOf(place);
    this.#calendars.set(key, calendar);
    return calendar;
  }

  /** What binds a side: the law of its regime, then its own pack, each after what it builds on. */
  #packsOf({ regime, pack }: Side): readonly RulePack[] {
    const binding = new Set<RulePack>();
    for (const code of [regime === null ? null : baseOf[regime], pack]) this.#bind(code, binding, new Set());
    return [...binding];
  }

  /** @param above codes of packs that build on this one: none builds on itself */
  #bind(code: string | null | undefined, binding: Set<RulePack>, above: ReadonlySet<string>): void {
    if (code === null || code === undefined || above.has(code)) return;
    for (const pack of this.packs.filter((one) => one.code === code)) {
      for (const before of pack.extends ?? []) this.#bind(before, binding, new Set([...above, code]));
      binding.add(pack);
    }
  }
}

const keyOf = ({ regime, pack }: Side): string => `${regime ?? ''} ${pack ?? ''}`;
