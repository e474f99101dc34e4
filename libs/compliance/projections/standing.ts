import type { Standing, Times, Turn } from '#catalogue';

/** Something that is so from one moment until before another; null: for good. */
type Lasting<What> = What & { readonly from: string; readonly until: string | null };

export const spansOf = (times: Times): readonly Lasting<Times[number]>[] =>
  times.map((time, place) => ({ ...time, until: times[place + 1]?.from ?? null }));

/** Everybody's turns, each agency's as it sees the exchange itself, as long as it is seen to be its turn. */
export function turnsOver(times: Times): readonly Lasting<Turn>[] {
  const turns: Lasting<Turn>[] = [];
  for (const { from, until, standing } of spansOf(times)) {
    for (const turn of turnsOf(standing)) {
      const before = turns.findIndex((one) => one.until === from && isSame(one, turn));
      const going = turns[before];
      if (going === undefined) turns.push({ ...turn, from, until });
      else turns[before] = { ...going, until };
    }
  }
  return turns;
}

function turnsOf({ open, own }: Standing): readonly Turn[] {
  const shared = open?.waitingFor.filter(({ agency }) => !Object.hasOwn(own, agency)) ?? [];
  const others = Object.entries(own).flatMap(([agency, head]) =>
    head.waitingFor.filter((turn) => turn.agency === agency),
  );
  return [...shared, ...others];
}

const isSame = (one: Turn, other: Turn): boolean =>
  one.agency === other.agency && one.owes === other.owes && one.about === other.about && one.since === other.since;
