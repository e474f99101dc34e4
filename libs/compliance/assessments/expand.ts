import { textIn, type EntryBody } from '#catalogue';
import type { AgencyId } from '#kernel';
import { textsOf } from '../rules/matter.js';
import { expandAnswer } from './expand-answer.js';
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
import {
  categoriesOf,
  fittingTemplate,
  onlyOthers,
  templatesBetween,
  templatesNamed,
  templatesOf,
  unfit,
  type QuickKind,
  type Template,
} from './template.js';

/**
 * The entries that a quick entry stands for, as they are recorded: one, for an answer the decision and what is disclosed
 * by it, for a conference's sheet all that belong to it. Pure: moment, ids and registry are given.
 *
 * @throws DomainError `invalid-body` with pointers into the quick entry
 */
export function expand(expanding: Expanding): readonly Expanded[] {
  const { quick, desk } = expanding;
  const template = templateFor(expanding);
  const kind = kindFor(quick, template);
  if (kind === 'conference') return expandSheet(expanding, template);
  if (quick.counterparts !== null) templatesBetween([template], kind, desk.agency, quick.counterparts);
  const others =
    quick.counterparts ??
    (kind === 'answer' && expanding.earlier ? [expanding.earlier.issuer] : onlyOthers(template, kind, desk.agency));
  if (kind === 'answer' && expanding.earlier !== null)
    return expandAnswer(expanding, expanding.earlier, template, others);
  const body = kind === 'request' ? request(expanding, template, others) : disclosure(expanding, template, others);
  return [{ pointer: '', body }];
}

function templateFor({ quick, desk, earlier }: Expanding): Template {
  const { agency, at, registry } = desk;
  const all = templatesOf(agency, at, registry);
  const wanted = impliedKind(quick);
  const others = quick.counterparts ?? (wanted === 'answer' && earlier ? [earlier.issuer] : []);
  const categories = categoriesOf([...quick.items, ...quick.contributions.flatMap(({ items }) => items)]);
  if (quick.template !== null) {
    const named = templatesNamed(quick.template, wanted, all);
    const between = wanted === null ? named : templatesBetween(named, wanted, agency, others);
    return fittingTemplate(between, categories, textIn(quick.given, 'subjectCategory'));
  }
  // Who is asked need not look for the clause: the request says by which agreement, and what for.
  const fit = earlier === null || wanted !== 'answer' ? [] : answering(earlier, all, agency);
  if (fit.length === 0) throw unfit('/template', 'expected the name of a template');
  return fittingTemplate(fit, categories, textIn(quick.given, 'subjectCategory'));
}

function answering({ issuer, terms }: Earlier, all: readonly Template[], agency: AgencyId): readonly Template[] {
  const purpose = textIn(terms, 'purpose');
  const fit = all.filter(
    ({ kinds, clause }) =>
      kinds.includes('answer') &&
      textsOf(clause, 'to').includes(issuer) &&
      issuer !== agency &&
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

function kindFor(quick: QuickEntry, { kinds }: Template): QuickKind {
  const implied = impliedKind(quick);
  if (implied !== null && quick.kind !== null && implied !== quick.kind) throw unfit('/kind', `expected ${implied}`);
  if (implied === 'answer' && quick.request === null) throw unfit('/request', 'expected the entry id of the request');
  if (implied === 'conference' && quick.contributions.length === 0)
    throw unfit('/contributions', 'expected contributions');
  if (implied !== null) return implied;
  const possible = kinds.filter((one) => one === 'request' || one === 'spontaneous');
  const [only, ...others] = possible;
  if (only === undefined || others.length > 0)
    throw unfit('/kind', 'the clause leaves it open: expected request or spontaneous');
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
