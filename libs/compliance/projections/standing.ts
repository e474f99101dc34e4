import { evolve, type ExchangeHead, type Said, type Turn } from '#catalogue';
import type { AgencyId } from '#kernel';

/**
 * An exchange as each may see it. What an agency hides moves only its own view; everybody else's goes on as if it had
 * not happened. Agencies that never hid anything share `open`.
 */
export interface Standing {
  readonly open: ExchangeHead | null;
  readonly own: { readonly [agency: string]: ExchangeHead };
}

export const nothingYet: Standing = { open: null, own: {} };

/** @param isHidden hidden from everybody but its issuer */
export function advance(standing: Standing, said: Said, isHidden: boolean): Standing {
  const { open, own } = standing;
  if (isHidden) {
    const before = Object.hasOwn(own, said.issuer) ? own[said.issuer] : open;
    return { open, own: { ...own, [said.issuer]: evolve(before ?? null, said) } };
  }
  return {
    open: evolve(open, said),
    own: Object.fromEntries(Object.entries(own).map(([agency, head]) => [agency, evolve(head, said)])),
  };
}

/** The exchange as this agency sees it; null when it sees nothing of it. */
export const headFor = ({ open, own }: Standing, agency: AgencyId): ExchangeHead | null =>
  (Object.hasOwn(own, agency) ? own[agency] : undefined) ?? open;

/** Everybody's turns, each agency's as it sees the exchange itself. */
export function turnsOf({ open, own }: Standing): readonly Turn[] {
  const shared = open?.waitingFor.filter(({ agency }) => !Object.hasOwn(own, agency)) ?? [];
  const others = Object.entries(own).flatMap(([agency, head]) =>
    head.waitingFor.filter((turn) => turn.agency === agency),
  );
  return [...shared, ...others];
}
