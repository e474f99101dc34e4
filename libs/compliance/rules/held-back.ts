import { textIn } from '#catalogue';
import { factsOf, textsOf, type Fact, type Matter } from './matter.js';
import { withLinked } from './with-linked.js';

/**
 * Later entries of the same body by which, together with those before them, all is covered that a deferral held back,
 * whether they name it or not. A general notice is about all that the deferral held back which it ends; so is any that
 * ends one of which nobody knows what it held back.
 *
 * @param matter what a deferral opened
 * @param types of entries that say what they cover
 * @param counts which of them count
 */
export function coveringHeldBack(
  matter: Matter,
  types: readonly string[],
  counts: (one: Fact) => boolean = () => true,
): readonly Fact[] {
  const deferrals = factsOf(matter, 'NotificationDeferred');
  const heldBack = deferrals.flatMap(({ terms }) => textsOf(terms, 'covers'));
  const covered = new Set<string>();
  return factsOf(withLinked(matter, ...matter.linked.keys()), ...types)
    .filter(counts)
    .filter(({ issuer, occurredAt }) => deferrals.every((one) => one.issuer === issuer && one.occurredAt < occurredAt))
    .filter(({ terms }) => {
      for (const one of textsOf(terms, 'covers')) covered.add(one);
      const isNamed = deferrals.some(({ id }) => id === textIn(terms, 'deferral'));
      return heldBack.length > 0 && !(isNamed && isGeneral(terms))
        ? heldBack.every((one) => covered.has(one))
        : isNamed;
    });
}

const isGeneral = ({ covers }: Fact['terms']): boolean => Array.isArray(covers) && covers.length === 0;
