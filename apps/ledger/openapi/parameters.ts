import { vocabularies } from '#catalogue';
import { longestPage } from '#compliance';
import { logNames } from '#kernel';
import type { Answer, Parameter } from './described.js';
import { agency, codesOf, instant, oneOf, uuid } from './values.js';

const inQuery = (parameter: Omit<Parameter, 'in'>): Parameter => ({ in: 'query', ...parameter });
const inPath = (parameter: Omit<Parameter, 'in'>): Parameter => ({ in: 'path', ...parameter });

const purposes = [...(vocabularies.get('access-purpose')?.terms ?? [])].map(([code, { en }]) => `\`${code}\` (${en})`);

/** Why a caller looks. @param effect what stating it does here */
export const accessPurpose = (effect: string, required = false): Parameter => ({
  in: 'header',
  name: 'Access-Purpose',
  description: `What the ledger is read for, by BDSG 76(3): ${purposes.join(', ')}. ${effect}`,
  required,
  schema: oneOf(codesOf('access-purpose')),
});

export const prefer: Parameter = {
  in: 'header',
  name: 'Prefer',
  description:
    '`wait=N` (RFC 7240) asks to wait up to N seconds, 0 to 60, until a signed checkpoint covers what was recorded. ' +
    'Other preferences are ignored.',
  schema: { type: 'string', examples: ['wait=5'] },
};

export const entryId = inPath({ name: 'id', description: "The entry's id, as its sender chose it.", schema: uuid });
export const exchangeId = inPath({
  name: 'exchange',
  description: 'The id that joins the entries of one request, its answers and what follows from them.',
  schema: uuid,
});
export const trailId = inPath({ name: 'id', description: 'The id of the order, from its `Location`.', schema: uuid });
export const log = inPath({
  name: 'log',
  description: '`entries`: what agencies record. `registry`: who takes part; free of persons.',
  schema: oneOf(logNames),
});
export const tilePath = inPath({
  name: 'path',
  description:
    '`<L>/<N>` or `<L>/<N>.p/<W>`: level L (from 0, or `entries` for entry bundles), index N in groups of three ' +
    'digits of which all but the last begin with `x`, and for a tile that is not full yet its width W (1 to 255). ' +
    'Its slashes are sent as they are, not percent-encoded.',
  schema: { type: 'string', examples: ['0/x001/067.p/8'] },
});

export const period: readonly Parameter[] = [
  inQuery({ name: 'from', description: 'What occurred at this moment or later.', schema: instant }),
  inQuery({ name: 'to', description: 'What occurred before this moment.', schema: instant }),
];

export const page: readonly Parameter[] = [
  inQuery({
    name: 'limit',
    description: 'The most rows of one page.',
    schema: { type: 'integer', minimum: 1, maximum: longestPage, default: 100 },
  }),
  inQuery({
    name: 'cursor',
    description:
      'Continues a list: follow the `Link` of the page before instead of building it. A cursor belongs to one caller ' +
      'and one list with its filters.',
    schema: { type: 'string', minLength: 1 },
  }),
];

export const disclosureFilters: readonly Parameter[] = [
  inQuery({ name: 'agency', description: 'Disclosures this body made or received.', schema: agency }),
  inQuery({
    name: 'counterpart',
    description: 'With `agency`: those between the two, in either direction.',
    schema: agency,
  }),
  inQuery({
    name: 'category',
    description: 'Code of the vocabulary data-category.',
    schema: oneOf(codesOf('data-category')),
  }),
  inQuery({
    name: 'legalBasis',
    description: 'Code of the vocabulary legal-basis, of the power to transmit.',
    schema: oneOf(codesOf('legal-basis')),
  }),
  inQuery({
    name: 'search',
    description: "The handle of one of the caller's own searches by person or case. It lives for 15 minutes.",
    schema: uuid,
  }),
];

/** The header of a page that is not the last. */
export const nextPage: NonNullable<Answer['headers']> = {
  Link: {
    description: '`<…>; rel="next"` (RFC 8288): where the list goes on. Absent on the last page.',
    schema: { type: 'string' },
  },
};
