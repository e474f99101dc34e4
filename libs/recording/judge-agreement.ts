import {
  conflicts,
  laterOf,
  mayEnd,
  nameOf,
  supersededAgreement,
  type AgreementChange,
  type KnownAgreement,
} from '#catalogue';
import { DomainError, type AgencyId, type Fault, type Instant } from '#kernel';
import type { RegisterView } from './register.js';

/** Who wants to change an agreement, when, and beside what is known. */
export interface Changing {
  readonly issuer: AgencyId;
  readonly register: RegisterView;
  readonly now: Instant;
}

/**
 * Decides whether an agreement may be changed like this: only by a body that has part in it now, never so that two
 * versions of it hold on one day, and never so that one which holds already never did. Agreements nobody has recorded yet are nobody's.
 *
 * @throws DomainError `forbidden`, `invalid-entry` with pointers
 */
export function judgeAgreement(change: AgreementChange, { issuer, register, now }: Changing): void {
  const today = now.slice(0, 10);
  const changed = 'adds' in change ? [change.adds.agreement, supersededAgreement(change.adds)] : [change.ends];
  for (const agreement of changed) {
    const versions = agreement === null ? [] : lastingVersions(agreement, register, today);
    const concerned = 'adds' in change ? begunBy(laterOf(today, change.adds.validFrom), versions) : versions;
    const parties = concerned.flatMap((one) => one.parties);
    if (parties.length > 0 && !parties.includes(issuer)) {
      throw new DomainError('forbidden', 'an agreement is changed and ended by its parties only');
    }
  }
  const faults =
    'adds' in change ? conflicts(versionsBeside(change.adds, register), change.adds) : undoing(change, register, today);
  if (faults.length === 0) return;
  throw new DomainError(
    'invalid-entry',
    `the agreement cannot ${'adds' in change ? 'stand beside' : 'end before'} what was recorded before`,
    faults.map((fault) => ({ ...fault, pointer: `/data${fault.pointer}` })),
  );
}

/** A version that has begun ends no earlier than on its first day; one that has not can be called off. */
function undoing(
  { ends, by, lastDay }: Exclude<AgreementChange, { readonly adds: KnownAgreement }>,
  register: RegisterView,
  today: string,
): readonly Fault[] {
  if (lastDay === null) return [];
  return register
    .agreementsAbout(ends)
    .filter((one) => one.agreement === ends && mayEnd(by, one))
    .filter(({ validFrom }) => validFrom <= today && lastDay < validFrom)
    .map((one) => ({ pointer: '/lastDay', detail: `before the first day of ${nameOf(one)}, which has begun` }));
}

/**
 * Whose parties have part in an agreement: versions that name some, until another one that names some, too, has taken
 * their place, or they ended and another one goes on. Days end by UTC: who leaves keeps its say an hour or two too long
 * rather than losing it too early.
 */
function lastingVersions(agreement: string, register: RegisterView, today: string): readonly KnownAgreement[] {
  const naming = register
    .agreementsAbout(agreement)
    .filter((one) => one.agreement === agreement && one.parties.length > 0);
  const last = naming.filter(
    (one) => !naming.some(({ supersedes, validFrom }) => supersedes === nameOf(one) && validFrom <= today),
  );
  const lasting = last.filter(({ validUntil }) => validUntil === null || today <= validUntil);
  return lasting.length > 0 ? lasting : last;
}

/** Who joins later has no say in what is in force before; where nothing is, those who join first have it. */
function begunBy(day: string, versions: readonly KnownAgreement[]): readonly KnownAgreement[] {
  const begun = versions.filter(({ validFrom }) => validFrom <= day);
  return begun.length > 0 ? begun : versions;
}

/** Every version that decides whether the next one can stand: those of its agreement, and all that it supersedes in turn. */
function versionsBeside(next: KnownAgreement, register: RegisterView): readonly KnownAgreement[] {
  const known = new Map<string, KnownAgreement>();
  const read = new Set<string>();
  const readOnce = (agreement: string | null): void => {
    if (agreement === null || read.has(agreement)) return;
    read.add(agreement);
    for (const one of register.agreementsAbout(agreement)) known.set(nameOf(one), one);
  };
  readOnce(next.agreement);
  const followed = new Set<string>();
  let one: KnownAgreement | undefined = next;
  while (one && !followed.has(nameOf(one))) {
    followed.add(nameOf(one));
    readOnce(supersededAgreement(one));
    one = one.supersedes === null ? undefined : known.get(one.supersedes);
  }
  return [...known.values()];
}
