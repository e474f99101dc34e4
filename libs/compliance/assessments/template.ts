import { agenciesIn, isObject, textIn } from '#catalogue';
import { DomainError, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { isAboutPersons, referenceOf, versionOf } from '../agreements/covering-clause.js';
import { partsOf, textsOf } from '../rules/matter.js';
import type { RegistryState } from '../rules/registry-state.js';

/** What a person does with a template: asks, answers or tells on one's own, speaks in a conference. */
export const quickKinds = ['request', 'answer', 'spontaneous', 'conference'] as const;
export type QuickKind = (typeof quickKinds)[number];

/** A clause in force that fills in what need not be said again. */
export interface Template {
  /** `agreement@version#clause` */
  readonly reference: string;
  /** `agreement@version` */
  readonly agreement: string;
  readonly title: string | null;
  /** an `AgreementClause` as recorded */
  readonly clause: JsonObject;
  /** what the agency may do with it */
  readonly kinds: readonly QuickKind[];
}

/** The templates of one agency: the clauses it is named in, of the agreements in force then, as they were recorded. */
export function templatesOf(agency: AgencyId, at: Instant, registry: RegistryState): readonly Template[] {
  return registry.agreementsInForce(at).flatMap((terms) => {
    const agreement = versionOf(terms);
    return partsOf(terms, 'clauses').flatMap((clause) => {
      const reference = referenceOf(terms, clause);
      const kinds = kindsOf(agency, clause);
      if (reference === null || agreement === null || kinds.length === 0) return [];
      return [{ reference, agreement, title: textIn(terms, 'title'), clause, kinds }];
    });
  });
}

function kindsOf(agency: AgencyId, clause: JsonObject): readonly QuickKind[] {
  const passesOn = agenciesIn(clause, 'from').includes(agency);
  const receives = agenciesIn(clause, 'to').includes(agency);
  return [
    ...(receives ? (['request'] as const) : []),
    ...(passesOn ? (['answer', 'spontaneous'] as const) : []),
    ...(passesOn && isObject(clause['conference']) ? (['conference'] as const) : []),
  ];
}

/**
 * The clauses that a name stands for: one clause, or all those of an agreement that are fit for a kind. An agreement of
 * others and one that nobody ever recorded are answered alike.
 *
 * @param name `agreement@version#clause`, `agreement@version` or `agreement`
 * @throws DomainError `invalid-body` with the pointer `/template`
 */
export function templatesNamed(
  name: string,
  kind: QuickKind | null,
  templates: readonly Template[],
): readonly Template[] {
  const named = templates.filter((one) => namesOf(one).includes(name));
  if (named.length === 0)
    throw unfit('/template', 'expected a template of an agreement of your agency that is in force');
  const fit = kind === null ? named : named.filter(({ kinds }) => kinds.includes(kind));
  if (fit.length === 0) throw unfit('/template', `no clause of it is one for your ${kind}`);
  return fit;
}

const namesOf = ({ reference, agreement }: Template): readonly string[] => [
  reference,
  agreement,
  agreement.slice(0, agreement.lastIndexOf('@')),
];

/** What is known of something before its clause is: who acts, how, and what is said of it. */
export interface Wanted {
  readonly agency: AgencyId;
  readonly kind: QuickKind;
  /** on the other side of the clause; null where it is not said */
  readonly others: readonly AgencyId[] | null;
  /** who sits in a conference is said, whoever the clause seats there */
  readonly hasRoom?: boolean;
  readonly purpose: string | null;
  readonly categories: readonly string[];
  readonly subjectCategory: string | null;
}

/**
 * The clause that is meant of several: of those between the agency and the others, for the purpose where any is, the
 * one that allows the most of what is asked about, and the first one where several do. Before all others those about
 * the persons concerned. What allows the most says nothing of whom it goes to: a clause never picks the other side.
 *
 * @throws DomainError `invalid-body` with the pointer `/counterparts`, of conferences `/room`, where nobody says with whom
 *   it is and the clauses differ
 */
export function fittingTemplate(
  templates: readonly Template[],
  { agency, kind, others, hasRoom = false, purpose, categories, subjectCategory }: Wanted,
): Template {
  const between = templatesBetween(templates, kind, agency, others ?? []);
  const forIt = between.filter(({ clause }) => purpose !== null && textsOf(clause, 'purposes').includes(purpose));
  const [first, ...rest] = forIt.length > 0 ? forIt : between;
  if (first === undefined) throw new RangeError('no template to choose from');
  const sides = new Set([first, ...rest].map((one) => sideOf(one, kind, agency).toSorted().join(' ')));
  if (others === null && !hasRoom && sides.size > 1) {
    const pointer = kind === 'conference' ? '/room' : '/counterparts';
    throw unfit(pointer, 'several clauses fit, with different parties: expected agency ids');
  }
  const held = ({ clause }: Template): number => {
    const allowed = textsOf(clause, 'dataCategories');
    const isMeant = subjectCategory === null || isAboutPersons(clause, subjectCategory);
    return (isMeant ? categories.length + 1 : 0) + categories.filter((one) => allowed.includes(one)).length;
  };
  return rest.reduce((best, one) => (held(one) > held(best) ? one : best), first);
}

/** With whom it is by a clause alone. */
const sideOf = (template: Template, kind: QuickKind, agency: AgencyId): readonly AgencyId[] =>
  kind === 'conference' ? usualRoom(template, agency) : otherSide(template, kind, agency);

/** The other side of a clause, seen from one agency. */
export const otherSide = ({ clause }: Template, kind: QuickKind, agency: AgencyId): readonly AgencyId[] => [
  ...new Set(agenciesIn(clause, kind === 'request' ? 'from' : 'to').filter((one) => one !== agency)),
];

/**
 * Those of several clauses by which an agency has to do with all of the others.
 *
 * @throws DomainError `invalid-body` with the pointer `/counterparts`
 */
export function templatesBetween(
  templates: readonly Template[],
  kind: QuickKind,
  agency: AgencyId,
  others: readonly AgencyId[],
): readonly Template[] {
  const between = templates.filter((one) => {
    const side = otherSide(one, kind, agency);
    return others.every((other) => side.includes(other));
  });
  if (between.length === 0) throw unfit('/counterparts', 'expected parties on the other side of the template');
  return between;
}

/**
 * With whom it is, where a clause leaves no choice; in a conference, with all.
 *
 * @throws DomainError `invalid-body` with the pointer `/counterparts`
 */
export function onlyOthers(template: Template, kind: QuickKind, agency: AgencyId): readonly AgencyId[] {
  const others = otherSide(template, kind, agency);
  if (others.length === 0 || (others.length > 1 && kind !== 'conference')) {
    throw unfit('/counterparts', 'the clause leaves it open: expected agency ids');
  }
  return others;
}

/** Who always sits in the conferences of an agreement; where it does not say, all parties of the clause. */
export function usualRoom(template: Template | null, agency: AgencyId): readonly AgencyId[] {
  const { conference } = template?.clause ?? {};
  const standing = isObject(conference) ? agenciesIn(conference, 'standing') : [];
  const others = standing.length > 0 || template === null ? standing : otherSide(template, 'conference', agency);
  return [...new Set([agency, ...others])];
}

/** What items are of; none for those that do not say it. */
export const categoriesOf = (items: readonly JsonObject[]): readonly string[] =>
  items.flatMap((item) => textIn(item, 'dataCategory') ?? []);

/** The one refusal of what a caller asks to be filled in. */
export const unfit = (pointer: string, detail: string): DomainError =>
  new DomainError('invalid-body', 'this cannot be filled in', [{ pointer, detail }]);
