import type { AgencyId, Instant } from '#kernel';
import type { Said } from './entry-type.js';
import { evolve } from './exchange.js';
import type { ExchangeHead } from './exchange-head.js';
import { always, never } from './visibility.js';

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
 * without clock knows what will be seen when. JSON.
 */
export type Times = readonly { readonly from: string; readonly standing: Standing }[];

const nothing: Standing = { open: null, own: {} };

export const nothingYet: Times = [{ from: always, standing: nothing }];

/** @param openSince before it, what is said is hidden from everybody but its issuer */
export const advance = (times: Times, said: Said, openSince: string): Times =>
  dividedAt(times, openSince).map(({ from, standing }) => ({
    from,
    standing: from < openSince ? movedAlone(standing, said) : moved(standing, said),
  }));

/** Every entry moves all of them. Of more, the earliest goes: what would open then opens with the next later one. */
const mostTimes = 100;

/** What was recorded so far is as it was, before the moment and after it. */
function dividedAt(times: Times, moment: string): Times {
  const place = times.findLastIndex(({ from }) => from <= moment);
  const before = times[place];
  if (moment === never || before === undefined || before.from === moment) return times;
  const divided = times.toSpliced(place + 1, 0, { ...before, from: moment });
  return divided.length > mostTimes ? divided.toSpliced(1, 1) : divided;
}

const moved = ({ open, own }: Standing, said: Said): Standing => ({
  open: evolve(open, said),
  own: Object.fromEntries(Object.entries(own).map(([agency, head]) => [agency, evolve(head, said)])),
});

function movedAlone({ open, own }: Standing, said: Said): Standing {
  const before = Object.hasOwn(own, said.issuer) ? own[said.issuer] : open;
  return { open, own: { ...own, [said.issuer]: evolve(before ?? null, said) } };
}

/**
 * Tells others from a moment on of what was recorded before, and moved only its issuer's view: it opens with what was
 * recorded after it.
 */
export const discloseLate = (times: Times, said: Said, openSince: string): Times =>
  dividedAt(times, openSince).map(({ from, standing }) => ({
    from,
    standing: from < openSince ? standing : movedForOthers(standing, said),
  }));

function movedForOthers(standing: Standing, said: Said): Standing {
  const { open, own } = moved(standing, said);
  const unmoved = Object.hasOwn(standing.own, said.issuer) ? standing.own[said.issuer] : undefined;
  return { open, own: unmoved === undefined ? own : { ...own, [said.issuer]: unmoved } };
}

/** How it stands at a moment. */
export const standingAt = (times: Times, now: Instant): Standing =>
  times.findLast(({ from }) => from <= now)?.standing ?? nothing;

/** The exchange as this agency sees it; null when it sees nothing of it. */
export const headFor = ({ open, own }: Standing, agency: AgencyId): ExchangeHead | null =>
  (Object.hasOwn(own, agency) ? own[agency] : undefined) ?? open;

/** Who sees itself among the parties: nobody that is named only in what is hidden from it. */
export const partiesIn = ({ open, own }: Standing): readonly AgencyId[] => [
  ...(open?.parties ?? []),
  ...(Object.keys(own) as AgencyId[]),
];

/** Whether anything recorded so far made an agency a party, also what is hidden from it. */
export const isNamedIn = (times: Times, agency: AgencyId): boolean =>
  times.some(({ standing: { open, own } }) =>
    [open, ...Object.values(own)].some((head) => head?.parties.includes(agency) === true),
  );
