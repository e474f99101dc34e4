import { mostIds } from '#compliance';
import { described, json, refersTo, type Description } from './described.js';
import { disclosureFilters, nextPage, page, period } from './parameters.js';
import type { Problems } from './problems.js';
import { tags } from './tags.js';
import { Accesses, DisclosurePage, Flows, Summary } from './view-answers.js';

const scope =
  '**Who may call:** an agency and its data protection officer, for what the agency recorded or received; a regulator, ' +
  'for what the agencies it is competent for recorded. Not the operator.';
const madeFrom =
  'A fold of block `terms`: no other block is opened, and nothing erased comes back. What was recorded before the ' +
  'request is taken account of; should the view lag behind for once, `completeUpTo` says how far.';

const problems: Problems = {
  'invalid-query': 'a parameter is unknown, not of its form, or a cursor of another list',
  forbidden: 'views are not for the operator',
  'store-unavailable': 'nothing can be read now',
};

const view = (
  own: Pick<Description, 'operationId' | 'summary' | 'description' | 'parameters' | 'answers' | 'models'> &
    Partial<Pick<Description, 'problems'>>,
) => described({ tag: tags.officers, problems, ...own });

export const DescribedDisclosures = () =>
  view({
    operationId: 'listDisclosures',
    summary: 'List who received what',
    description: [
      'What was passed on: one row for each disclosure, recipient and category of data.',
      scope,
      madeFrom,
      'To find what concerns one person or case, search first (`POST /v1/subject-searches`) and pass the handle as ' +
        '`search`: nothing that names a person ever stands in a URL.',
    ],
    parameters: [...period, ...disclosureFilters, ...page],
    answers: {
      200: { description: 'A page of disclosures.', headers: nextPage, content: json(refersTo(DisclosurePage)) },
    },
    problems: {
      ...problems,
      'invalid-query': `${problems['invalid-query']}; or the search is over, or found more than ${mostIds} entries`,
    },
    models: [DisclosurePage],
  });

export const DescribedFlows = () =>
  view({
    operationId: 'countFlows',
    summary: 'Count what flows between agencies',
    description: ['How often one body passed data of a category on to another.', scope, madeFrom],
    parameters: period,
    answers: { 200: { description: 'Sender by recipient by category.', content: json(refersTo(Flows)) } },
    models: [Flows],
  });

export const DescribedSummary = () =>
  view({
    operationId: 'summarise',
    summary: 'Summarise what my agency recorded',
    description: [
      'What the agency recorded itself, in numbers: entries, late ones, decisions by outcome, and disclosures that still ' +
        'lack a request, a receipt or feedback. Nothing others recorded is counted.',
      scope,
      madeFrom,
    ],
    parameters: period,
    answers: { 200: { description: 'The numbers.', content: json(refersTo(Summary)) } },
    models: [Summary],
  });

export const DescribedAccesses = () =>
  view({
    operationId: 'listAccesses',
    summary: 'List who looked, and why',
    description: [
      'Every opened entry, search and trail, with role and purpose; never which member of staff.',
      '**Who may call:** a data protection officer, for looks by the own agency and at its entries; a regulator, for looks ' +
        'by and at the agencies it is competent for. Looks by supervisors and for criminal proceedings stay hidden from ' +
        'the agency looked at until they are released. Neither agencies nor the operator.',
      madeFrom,
    ],
    parameters: page,
    answers: { 200: { description: 'A page of looks.', headers: nextPage, content: json(refersTo(Accesses)) } },
    problems: { ...problems, forbidden: 'who looked is shown to data protection officers and regulators' },
    models: [Accesses],
  });
