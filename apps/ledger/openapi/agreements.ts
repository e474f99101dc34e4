import { described, json, refersTo } from './described.js';
import { nextPage, page } from './parameters.js';
import { tags } from './tags.js';
import { agency, Always, count, flag, instant, orNull, text, uuid } from './values.js';

const day = { type: 'string', format: 'date' };

/** One version of an agreement. */
export class AgreementDescription {
  @Always(text, 'Names the agreement through all its versions.')
  readonly agreement: string;

  @Always({ ...count, minimum: 1 }, 'Entries cite it as agreement@version.')
  readonly version: number;

  @Always(flag, 'Whether it is in force on the day of the answer.')
  readonly inForce: boolean;

  @Always(day, 'First day in force.')
  readonly validFrom: string;

  @Always(orNull(day), 'Last day in force: as agreed, or as the agreement was terminated since; null while open.')
  readonly validUntil: string | null;

  @Always(orNull(text), 'agreement@version that it takes the place of from its first day.')
  readonly supersedes: string | null;

  @Always(uuid, 'The entry of the registry that holds it.')
  readonly entry: string;

  @Always(agency, 'The party that recorded it.')
  readonly recordedBy: string;

  @Always(instant, 'When the ledger recorded it: on a day before, nobody could be judged by it.')
  readonly recordedAt: string;

  @Always({ type: 'object', additionalProperties: true }, 'The agreement as it was recorded, with its clauses.')
  readonly terms: object;
}

export class Agreements {
  @Always(day, 'The day by which it is said what is in force, of the calendar in Berlin.')
  readonly day: string;

  @Always({ type: [AgreementDescription] }, 'Every version, in the order of recording.')
  readonly agreements: readonly AgreementDescription[];
}

export const DescribedAgreements = () =>
  described({
    operationId: 'listAgreements',
    tag: tags.agencies,
    summary: 'List the agreements my agency is party to',
    description: [
      'Every version the registry holds now, and whether it is in force on the day of `at`. A version that was recorded ' +
        'later than `at` counts as it stands: `recordedAt` tells.',
      '**Who may call:** an agency and its data protection officer, for versions it is party to; a regulator, for those ' +
        'with a party it is competent for. Not the operator.',
    ],
    parameters: [
      {
        in: 'query',
        name: 'at',
        description:
          'On which day they are in force: a moment from the beginning of the registry until now, which is the default.',
        schema: instant,
      },
      ...page,
    ],
    answers: {
      200: { description: 'A page of versions.', headers: nextPage, content: json(refersTo(Agreements)) },
    },
    problems: {
      'invalid-query':
        'a parameter is unknown, not of its form, or a cursor of another list; or `at` is before the log or in the future',
      forbidden: 'agreements are for their parties and who supervises them',
      'store-unavailable': 'nothing can be read now',
    },
    models: [Agreements],
  });
