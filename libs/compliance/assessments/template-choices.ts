import { isMissing, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { textsOf } from '../rules/matter.js';
import { onlyPurpose } from './filled-in.js';
import { otherSide, type QuickKind, type Template } from './template.js';

/** One line of the list that a worker picks from. What is picked with it is not asked again. */
export interface TemplateChoice {
  /** `agreement@version#clause`, and where the clause leaves a choice what is picked: `…#clause/purpose/agency` */
  readonly name: string;
  readonly template: Template;
  readonly kind: QuickKind;
  /** null where the clause does not say it */
  readonly purpose: string | null;
  readonly counterparts: readonly AgencyId[];
  /** fields that a person still has to fill in */
  readonly needs: readonly string[];
}

/** Every kind asks what and why; who picks an answer picks the request, and with it all else. */
const asked: Readonly<Record<QuickKind, readonly string[]>> = {
  request: ['template', 'case', 'items', 'reason'],
  answer: ['request', 'case', 'items', 'reason'],
  spontaneous: ['template', 'case', 'items', 'reason'],
  conference: ['template', 'case', 'contributions'],
};

/** What an agency may pick by a clause: one line for each purpose and, where only one of several is meant, each body. */
export const choicesOf = (template: Template, agency: AgencyId): readonly TemplateChoice[] =>
  template.kinds.flatMap((kind) => choicesOfKind(template, kind, agency));

function choicesOfKind(template: Template, kind: QuickKind, agency: AgencyId): readonly TemplateChoice[] {
  const { reference, clause, kinds } = template;
  const others = otherSide(template, kind, agency);
  const needs = asked[kind];
  // The request says what for, and who asked.
  if (kind === 'answer') return [{ name: reference, template, kind, purpose: null, counterparts: others, needs }];
  const goesBothWays = kinds.includes('request') && kinds.includes('spontaneous');
  const way = kind !== 'conference' && goesBothWays ? [kind] : [];
  const sides = kind === 'conference' || others.length < 2 ? [others] : others.map((other) => [other]);
  const isOpen = isMissing(onlyPurpose(clause));
  const purposes = textsOf(clause, 'purposes');
  return (purposes.length > 0 ? purposes : [null]).flatMap((purpose) =>
    sides.map((counterparts) => ({
      name: [
        reference,
        ...way,
        ...(isOpen && purpose !== null ? [purpose] : []),
        ...(sides.length > 1 ? counterparts : []),
      ].join('/'),
      template,
      kind,
      purpose,
      counterparts,
      needs: purpose === null ? [...needs, 'purpose'] : needs,
    })),
  );
}

/** What a person picked by the name of a line; undefined where the name is no more than that of a clause. */
export const choiceNamed = (
  name: string | null,
  kind: QuickKind | null,
  templates: readonly Template[],
  agency: AgencyId,
): TemplateChoice | undefined =>
  templates
    .filter(({ reference }) => name?.startsWith(`${reference}/`))
    .flatMap((one) => choicesOf(one, agency))
    .find((one) => one.name === name && (kind === null || one.kind === kind));

interface Picking {
  readonly template: string | null;
  readonly counterparts: readonly AgencyId[] | null;
}

/** The clause that was picked, and with whom; what a person said beside it counts first. */
export const pickedWith = (said: Picking, { template, kind, counterparts }: TemplateChoice): Picking => ({
  template: template.reference,
  counterparts: said.counterparts ?? (kind === 'conference' ? null : counterparts),
});

/** What was picked is said by a person. */
export const purposePicked = (given: JsonObject, { purpose }: TemplateChoice): JsonObject =>
  purpose === null || textIn(given, 'purpose') !== null ? given : { ...given, purpose };
