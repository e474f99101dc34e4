import { languages } from '#catalogue';
import { mostIds } from '#compliance';
import { viewNamed } from '#compliance/views';
import { described, json, refersTo, type Description, type Parameter } from './described.js';
import { disclosureFilters, nextPage, page, period } from './parameters.js';
import type { Problems } from './problems.js';
import { tags } from './tags.js';
import { instant, oneOf, uuid } from './values.js';
import { Accesses, DisclosurePage, Flows, Summary, ViewPage, Views } from './view-answers.js';

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
    description: ['V4. How often one body passed data of a category on to another.', scope, madeFrom],
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
      'V10. Every opened entry, search and trail, with role and purpose; never which member of staff.',
      '**Who may call:** a data protection officer, for looks by the own agency and at its entries; a regulator, for looks ' +
        'by and at the agencies it is competent for. Looks by supervisors and for criminal proceedings stay hidden from ' +
        'the agency looked at until they are released. Neither agencies nor the operator.',
      madeFrom,
    ],
    parameters: [...period, ...page],
    answers: { 200: { description: 'A page of looks.', headers: nextPage, content: json(refersTo(Accesses)) } },
    problems: { ...problems, forbidden: 'who looked is shown to data protection officers and regulators' },
    models: [Accesses],
  });

const lang: Parameter = {
  in: 'query',
  name: 'lang',
  description: 'In which language titles and labels are; before `Accept-Language`, which says so otherwise.',
  schema: oneOf(languages),
};

const ofEachView: readonly Parameter[] = [
  {
    in: 'path',
    name: 'name',
    description: 'The name of the view, from the list of views.',
    schema: oneOf(viewNamed.keys()),
  },
  ...page,
  {
    in: 'query',
    name: 'sort',
    description: 'A column that rows are sorted by, from the smallest; with a minus before it from the greatest.',
    schema: { type: 'string', examples: ['-decidedAt'] },
  },
  {
    in: 'query',
    name: 'asOf',
    description:
      'The view as a ledger would show it whose last entry was recorded at this moment or before, where the view ' +
      'takes it. What was erased since stays erased.',
    schema: instant,
  },
  {
    in: 'query',
    name: 'search',
    description:
      'The handle of a search by person or case: only rows about the entries it found. For views whose rows are about ' +
      'entries.',
    schema: uuid,
  },
  {
    in: 'query',
    name: 'format',
    description: 'Before `Accept`, which says so otherwise: `csv` gives all rows as a file, and takes no cursor.',
    schema: oneOf(['json', 'csv']),
  },
  lang,
  {
    in: 'query',
    name: 'columns',
    description:
      'One parameter a column that can be asked for by value, named like it: the value, or one of its list. Of instants and dates also ' +
      '`<column>From` and `<column>To`: from this moment on and before that one, days including both.',
    schema: { type: 'object', additionalProperties: { type: 'string', minLength: 1, maxLength: 2_048 } },
  },
];

export const DescribedViews = () =>
  view({
    operationId: 'listViews',
    summary: 'List what can be looked at',
    description: ['Every view the caller may look at, with its columns and what it can be asked by.', scope],
    parameters: [lang],
    answers: { 200: { description: 'The views.', content: json(refersTo(Views)) } },
    problems: { 'invalid-query': problems['invalid-query'] ?? '', forbidden: problems.forbidden ?? '' },
    models: [Views],
  });

export const DescribedView = () =>
  view({
    operationId: 'lookAtView',
    summary: 'Look at one view',
    description: [
      'A page of its rows, or all of them as CSV (RFC 4180). Cells that a spreadsheet would take for a formula begin ' +
        'with an apostrophe there. Its last record is no row: the first cell says how far the file is complete, all ' +
        'others are empty. Only there does the first cell hold a space: in rows it is the id of an agency, or empty. A ' +
        'file without that record has broken off.',
      '**Who may call:** a data protection officer, for the own agency; a regulator, for the agencies it is competent ' +
        'for, with what these hide from others; of `today`, a case worker sees what waits for the agency. Not the ' +
        'operator.',
      madeFrom,
    ],
    parameters: ofEachView,
    answers: {
      200: {
        description: 'A page of the view, or all of it.',
        headers: {
          ...nextPage,
          'Nachweis-Complete-Up-To': {
            description: 'Of CSV: entries of the log that the file takes account of.',
            schema: { type: 'integer', minimum: 0 },
          },
        },
        content: { ...json(refersTo(ViewPage)), 'text/csv': { schema: { type: 'string' } } },
      },
    },
    problems: {
      ...problems,
      forbidden: 'the view is not for the caller',
      'not-found': 'there is no view of this name',
    },
    models: [ViewPage],
  });
