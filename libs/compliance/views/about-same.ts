import { textIn } from '#catalogue';
import { factsOf, type Fact, type Matter } from '../rules/matter.js';
import { isSameDisclosure } from '../rules/same-disclosure.js';

/**
 * Entries of a type about one disclosure, in its exchange and in others: who receives may record that elsewhere.
 *
 * @param one the disclosure, or what is said of it
 */
export function aboutSame(matter: Matter, one: Fact, type: string): readonly Fact[] {
  const elsewhere = matter.linked.get(textIn(one.terms, 'disclosureId') ?? '');
  return [matter, ...(elsewhere ? [elsewhere] : [])].flatMap((known) =>
    factsOf(known, type).filter((other) => isSameDisclosure(other, one)),
  );
}
