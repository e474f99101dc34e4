import { textIn } from '#catalogue';
import type { InForce, Judged } from '../rules/judge.js';
import { partsOf } from '../rules/matter.js';
import type { Reason } from './assessment.js';
import { brokenBy, only, type Hypothetical } from './hypothetical.js';
import { isUnsaid, mended, nameOf, neededFirst, remediesOf, type Remedy } from './remedies.js';

/** One broken rule, in the words of an assessment. */
export interface BrokenRule {
  readonly judged: Judged;
  /** one for each thing that is lacking */
  readonly reasons: readonly Reason[];
}

/** What rules on the whole lack: the same, whichever item it is tried with. */
export type Tried = Map<string, readonly (string | null)[]>;

/** What each broken rule lacks. Found out by trying, rule by rule. */
export const reasonsOf = (
  entry: Hypothetical,
  broken: readonly Judged[],
  inForce: InForce,
  tried: Tried,
): readonly BrokenRule[] =>
  broken.map((judged) => {
    const key = keyOf(entry, judged);
    const known = key === null ? undefined : tried.get(key);
    const lacking = known ?? lackingIn(entry, judged, inForce);
    if (key !== null) tried.set(key, lacking);
    const said = { rule: judged.rule.id, clause: judged.clause ?? null, sources: judged.rule.sources };
    const byConsent = mayBeConsented(judged.rule.id, entry);
    return {
      judged,
      reasons: lacking.map((lacks) => ({ ...said, lacks, byConsent: lacks !== null && byConsent })),
    };
  });

/** What is the same for many items is tried once: rules on the whole, and marks of quality by those that are not there. */
function keyOf(entry: Hypothetical, { rule: { id }, part }: Judged): string | null {
  if (part === null) return id;
  if (id !== 'QUA-01') return null;
  const unsaid = (remediesOf[id] ?? []).filter((remedy) => isUnsaid(entry, remedy));
  return `${id} ${unsaid.map(({ field }) => field).join(' ')}`;
}

/** Fields that would keep the rule, none of them too many; one null where none does. What is not said yet comes first. */
function lackingIn(entry: Hypothetical, { rule, part }: Judged, inForce: InForce): readonly (string | null)[] {
  const first = neededFirst[rule.id];
  if (first !== undefined) return [first];
  const keeps = (remedies: readonly Remedy[]): boolean =>
    !brokenBy(mended(entry, remedies), only(rule), inForce).some((one) => one.part === part);
  const all = remediesOf[rule.id] ?? [];
  const unsaid = all.filter((remedy) => isUnsaid(entry, remedy));
  return (fewest(unsaid, keeps) ?? fewest(all, keeps))?.map(nameOf) ?? [null];
}

/** Of several things as few as are enough, those that come first; undefined where all together are not. */
export function fewest<T>(all: readonly T[], isEnough: (some: readonly T[]) => boolean): readonly T[] | undefined {
  if (all.length === 0 || !isEnough(all)) return undefined;
  return all.reduceRight((kept, one) => {
    const fewer = kept.filter((other) => other !== one);
    return fewer.length > 0 && isEnough(fewer) ? fewer : kept;
  }, all);
}

/** Official secrecy is not the person's to lift, nor does consent carry what the directive asks a law for. */
function mayBeConsented(rule: string, { data }: Hypothetical): boolean {
  if (rule === 'SEC-01') return partsOf(data, 'items').every((item) => textIn(item, 'secrecyClass') !== 'official');
  return rule === 'SPC-01' && textIn(data, 'regime') === 'GDPR';
}
