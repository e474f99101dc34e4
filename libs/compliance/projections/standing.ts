import { evolve, type ExchangeHead, type Said, type Turn } from '#catalogue';
import type { AgencyId } from '#kernel';
import { always, never } from '../visibility.js';

/**
 * An exchange as each may see it for some time. What an agency hides moves only its own view; everybody else's goes on
 * as if it had not happened. Agencies that hide nothing then share `open`.
 */
export interface Standing {
  readonly open: ExchangeHead | null;
  readonly own: { readonly [agency: string]: ExchangeHead };
}

/**
 * How it stands from each moment on at which something of it opens to others, in order; the first always. So a fold
 * without clock knows what will be seen when.
 */
export type Times = readonly { readonly from: string; readonly standing: Standing }[];

export const nothingYet: Times = [{ from: always, standing: { open: null, own: {} } }];

/** @param openSince before it, what is said is hidden from everybody but its issuer */
export const advance = (times: Times, said: Said, openSince: string): Times =>
  dividedAt(times, openSince).map(({ from, standing }) => ({
    from,
    standing: from < openSince ? movedAlone(standing, said) : moved(standing, said),
  }));

/** Every entry moves all of them. What would open at one more opens with the next later one, if there is one. */
const mostTimes = 100;

/** What was recorded so far is as it was, before the moment and after it. */
function dividedAt(times: Times, moment: string): Times {
  const place = times.findLastIndex(({ from }) => from <= moment);
  const before = times[place];
  if (moment === never || before === undefined || before.from === moment || times.length >= mostTimes) return times;
  return times.toSpliced(place + 1, 0, { ...before, from: moment });
}

const moved = ({ open, own }: Standing, said: Said): Standing => ({
  open: evolve(open, said),
  own: Object.fromEntries(Object.entries(own).map(([agency, head]) => [agency, evolve(head, said)])),
});

function movedAlone({ open, own }: Standing, said: Said): Standing {
  const before = Object.hasOwn(own, said.issuer) ? own[said.issuer] : open;
  return { open, own: { ...own, [said.issuer]: evolve(before ?? null, said) } };
}

/** The exchange as this agency sees it; null when it sees nothing of it. */
export const headFor = ({ open, own }: Standing, agency: AgencyId): ExchangeHead | null =>
  (Object.hasOwn(own, agency) ? own[agency] : undefined) ?? open;

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
