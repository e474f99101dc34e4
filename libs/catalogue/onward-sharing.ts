import { Envelope } from './envelope.js';
import type { EntryType } from './entry-type.js';
import { type ExchangeHead, type ExchangeState, reach, settle } from './exchange-head.js';
import { Optional, Required } from './field.js';
import { agency, code, list, prose, reference, uuid } from './kind.js';
import type { Given } from './missing.js';
import { agenciesIn, agencyIn, textIn } from './reading.js';
import { purpose } from './vocabularies/purpose.js';

/** What who disclosed says about passing it on: LED 9(3), 35(1)(e). */
export class OnwardSharing extends Envelope {
  @Required('terms', uuid, 'The disclosure, as its sender named it.')
  readonly disclosureId: Given<string>;

  @Required('terms', agency, 'Recipient that would pass it on.')
  readonly askedBy: Given<string>;

  @Required('terms', list(agency, 1), 'Bodies it would be passed on to. They do not join the exchange.')
  readonly onwardTo: Given<readonly string[]>;

  @Required('terms', code(purpose), 'What it would be passed on for.')
  readonly purpose: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', uuid, 'Entry id of the request for it, where there was one.')
  readonly request?: Given<string>;

  @Optional('told', prose, 'The reason told to the recipient; none is told where it is absent.')
  readonly reasonTold?: Given<string>;
}

export const askers: NonNullable<EntryType['recipients']> = (terms) => agenciesIn(terms, 'askedBy');

/** A recipient does not answer itself. Who disclosed is what the exchange knows. */
export const notTheRecipient: NonNullable<EntryType['refusal']> = (head, { issuer, terms }) => {
  const received = head !== null && head.recipients.includes(issuer) && !head.disclosers.includes(issuer);
  return received || agencyIn(terms, 'askedBy') === issuer
    ? 'onward sharing is for who disclosed to permit or to refuse, not for a recipient'
    : null;
};

/** Where it answers a request, that request is decided. Nothing is disclosed by it. */
export const answering =
  (state: ExchangeState): NonNullable<EntryType['moves']> =>
  (head, { issuer, terms, occurredAt }): ExchangeHead =>
    textIn(terms, 'request') === null
      ? head
      : reach(settle(head, { agency: issuer, owes: 'decision', about: null }), state, occurredAt);
