import { Calendar, holidaysOf, type Place } from './deadlines/calendar.js';
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
    for (const pack of this.#packsOf(side)) {
      const { source: _source, ...changes } = pack.rules[rule.id] ?? {};
      if (Object.keys(changes).length === 0) continue;
      const byCode = changes.deadlines && { deadlines: { ...resolved.deadlines, ...changes.deadlines } };
      resolved = { ...resolved, ...changes, ...byCode, packs: [nameOf(pack), ...resolved.packs] };
    }
    this.#resolved.set(key, resolved);
    return resolved;
  }

  /** @param own whose holidays the agency has, whatever its pack says, as `AgencyAdmitted` names them */
  calendar(side: Side, own: string | null = null): Calendar {
    const key = `${keyOf(side)} ${own ?? ''}`;
    const known = this.#calendars.get(key);
    if (known) return known;
    const place = this.#packsOf(side).reduce(placeUnder, berlin);
    const calendar = calendarOf(own === null ? place : { ...holidaysOf(own), zone: place.zone });
    this.#calendars.set(key, calendar);
    return calendar;
  }

  /** The pack whose holidays count for a side, as `code@version`; null where none says whose. */
  countsDays(side: Side): string | null {
    const pack = this.#packsOf(side).findLast(({ place }) => place?.country !== undefined);
    return pack === undefined ? null : nameOf(pack);
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
    const versions = this.packs.filter((one) => one.code === code);
    for (const before of versions.flatMap((pack) => pack.extends ?? [])) {
      this.#bind(before, binding, new Set([...above, code]));
    }
    for (const pack of versions) binding.add(pack);
  }
}

const nameOf = ({ code, version }: RulePack): string => `${code}@${version}`;

/** Holidays are those of one place: whose country a pack names, its region is named with it or is none. */
function placeUnder(before: Place, { place = {} }: RulePack): Place {
  const { country = before.country, zone = before.zone } = place;
  const { region } = place.country === undefined ? before : place;
  return { country, zone, ...(region !== undefined && { region }) };
}

const keyOf = ({ regime, pack }: Side): string => `${regime ?? ''} ${pack ?? ''}`;
