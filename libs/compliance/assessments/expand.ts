import { textIn, type EntryBody } from '#catalogue';
import type { AgencyId } from '#kernel';
import { textsOf } from '../rules/matter.js';
import { expandAnswer } from './expand-answer.js';
import { expandReceipt } from './expand-receipt.js';
import { expandSheet } from './expand-sheet.js';
import {
  requirePurpose,
  withGroundsOwed,
  withItems,
  type Earlier,
  type Expanded,
  type Expanding,
} from './expanding.js';
import { disclosureFilledIn, requestFilledIn } from './filled-in.js';
import { liftedGrounds } from './lifted-grounds.js';
import type { QuickEntry } from './quick-entry.js';
import { choiceNamed, pickedWith, purposePicked } from './template-choices.js';
import {
  categoriesOf,
  fittingTemplate,
  onlyOthers,
  templatesNamed,
  templatesOf,
  unfit,
  type QuickKind,
  type Template,
} from './template.js';

/**
 * The entries that a quick entry stands for, as they are recorded: one, for an answer the decision and what is disclosed
 * by it, for a conference's sheet all that belong to it, for what was received the receipt or the feedback. Pure: moment, ids and registry are given.
 *
 * @throws DomainError `invalid-body` with pointers into the quick entry
 */
export function expand(sent: Expanding): readonly Expanded[] {
  if (sent.quick.disclosure !== null && sent.earlier !== null) return expandReceipt(sent, sent.earlier);
  const expanding = { ...sent, quick: picked(sent) };
  const { quick, desk } = expanding;
  const named = namedBy(expanding);
  const kind = kindFor(quick, named);
  const template = templateFor(expanding, named, kind);
  if (kind === 'conference') return expandSheet(expanding, template);
  const others =
    quick.counterparts ??
    (kind === 'answer' && expanding.earlier ? [expanding.earlier.issuer] : onlyOthers(template, kind, desk.agency));
  if (kind === 'answer' && expanding.earlier !== null)
    return expandAnswer(expanding, expanding.earlier, template, others);
  const body = kind === 'request' ? request(expanding, template, others) : disclosure(expanding, template, others);
  return [{ pointer: '', body }];
}

/** The same with all that its template was picked with. */
function picked({ quick, desk: { agency, at, registry } }: Expanding): QuickEntry {
  const choice = choiceNamed(quick.template, impliedKind(quick), templatesOf(agency, at, registry), agency);
  if (choice === undefined) return quick;
  const given = purposePicked(quick.given, choice);
  return { ...quick, ...pickedWith(quick, choice), kind: quick.kind ?? choice.kind, given };
}

/** Nobody need look for the clause again: the request or the convening says by which agreement, and what for. */
function namedBy({ quick, desk: { agency, at, registry }, earlier }: Expanding): readonly Template[] {
  const all = templatesOf(agency, at, registry);
  const implied = impliedKind(quick);
  if (quick.template !== null) return templatesNamed(quick.template, implied, all);
  const fit = earlier === null ? [] : following(earlier, all, implied === 'answer' ? 'answer' : 'conference', agency);
  if (fit.length === 0) throw unfit('/template', 'expected the name of a template');
  return fit;
}

function templateFor({ quick, desk, earlier }: Expanding, named: readonly Template[], kind: QuickKind): Template {
  const isAnswer = kind === 'answer' && earlier !== null;
  return fittingTemplate(
    named.filter(({ kinds }) => kinds.includes(kind)),
    {
      agency: desk.agency,
      kind,
      others: quick.counterparts ?? (isAnswer ? [earlier.issuer] : null),
      hasRoom: quick.room !== null,
      purpose: textIn(quick.given, 'purpose') ?? (isAnswer ? textIn(earlier.terms, 'purpose') : null),
      categories: categoriesOf([...quick.items, ...quick.contributions.flatMap(({ items }) => items)]),
      subjectCategory: textIn(quick.given, 'subjectCategory'),
    },
  );
}

/** The clauses by which something earlier can be followed: of the agreement it names where there is one. */
export function following(
  { issuer, terms }: Pick<Earlier, 'issuer' | 'terms'>,
  all: readonly Template[],
  kind: 'answer' | 'conference',
  agency: AgencyId,
): readonly Template[] {
  const purpose = textIn(terms, 'purpose');
  const fit = all.filter(
    ({ kinds, clause }) =>
      kinds.includes(kind) &&
      (kind === 'conference' || (textsOf(clause, 'to').includes(issuer) && issuer !== agency)) &&
      (purpose === null || textsOf(clause, 'purposes').includes(purpose)),
  );
  const named = fit.filter(({ agreement }) => agreement === textIn(terms, 'agreement'));
  return named.length > 0 ? named : fit;
}

/** What the form of a quick entry tells of its kind; null where only the clause can tell. */
function impliedKind({ kind, request: answered, contributions }: QuickEntry): QuickKind | null {
  if (contributions.length > 0) return 'conference';
  return answered === null ? kind : 'answer';
}

/** What is done is never guessed from what is told: of several clauses one may let ask and another pass on. */
function kindFor(quick: QuickEntry, named: readonly Template[]): QuickKind {
  const implied = impliedKind(quick);
  if (implied !== null && quick.kind !== null && implied !== quick.kind) throw unfit('/kind', `expected ${implied}`);
  if (implied === 'answer' && quick.request === null) throw unfit('/request', 'expected the entry id of the request');
  if (implied === 'conference' && quick.contributions.length === 0)
    throw unfit('/contributions', 'expected contributions');
  if (implied !== null) return implied;
  const possible = (['request', 'spontaneous'] as const).filter((kind) =>
    named.some(({ kinds }) => kinds.includes(kind)),
  );
  const [only, ...others] = possible;
  if (only === undefined || others.length > 0)
    throw unfit('/kind', 'the template leaves it open: expected request or spontaneous');
  return only;
}

function request({ quick, desk, idOf }: Expanding, template: Template, others: readonly AgencyId[]): EntryBody {
  if (others.length > 1) throw unfit('/counterparts', 'a request has one addressee');
  const data = requestFilledIn({ given: withItems(quick), others, template, desk });
  requirePurpose(data, '');
  return { id: idOf(), type: 'InformationRequested', exchange: idOf('exchange'), occurredAt: desk.at, data };
}

function disclosure(expanding: Expanding, template: Template, others: readonly AgencyId[]): EntryBody {
  const { quick, desk, idOf } = expanding;
  const given = withItems(liftedGrounds(quick, ''));
  const data = disclosureFilledIn({ given, others, template, desk, more: { disclosureId: idOf('disclosure') } });
  requirePurpose(data, '');
  return {
    id: idOf(),
    type: 'InformationDisclosed',
    exchange: idOf('exchange'),
    occurredAt: desk.at,
    data: withGroundsOwed(data, expanding),
  };
}
