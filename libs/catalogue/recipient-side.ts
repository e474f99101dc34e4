import { Envelope } from './envelope.js';
import type { EntryType } from './entry-type.js';
import { Required } from './field.js';
import { agency, uuid } from './kind.js';
import type { Given } from './missing.js';
import { agenciesIn, agencyIn } from './reading.js';

/** What a recipient says about one disclosure. */
export class RecipientSide extends Envelope {
  @Required('terms', uuid, 'The disclosure, as its sender named it.')
  readonly disclosureId: Given<string>;

  @Required('terms', agency)
  readonly disclosedBy: Given<string>;
}

/** The discloser joins even where it has recorded nothing, so that it can record its side. */
export const disclosers: NonNullable<EntryType['recipients']> = (terms) => agenciesIn(terms, 'disclosedBy');

/** Nobody receives from itself. Who disclosed is what the entry says, else what the exchange knows. */
export const notTheDiscloser: NonNullable<EntryType['refusal']> = (head, { issuer, terms }) => {
  const discloser = agencyIn(terms, 'disclosedBy');
  const disclosed =
    discloser === null
      ? head !== null && head.disclosers.includes(issuer) && !head.recipients.includes(issuer)
      : discloser === issuer;
  return disclosed ? 'this is for a recipient to say, not for who disclosed' : null;
};
