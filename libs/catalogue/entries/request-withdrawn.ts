import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { unask } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { agency, code, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, agencyIn, label, said } from '../reading.js';
import { withdrawalCause } from '../vocabularies/withdrawal-cause.js';

/** The requester takes its request back. What was disclosed before stays disclosed. */
export class RequestWithdrawn extends Envelope {
  @Required('terms', agency)
  readonly addressee: Given<string>;

  @Required('terms', code(withdrawalCause))
  readonly cause: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', uuid, 'Entry id of the request.')
  readonly request?: Given<string>;

  @Optional('told', prose, 'The reason told to the addressee; none is told where it is absent.')
  readonly reasonTold?: Given<string>;
}

export const requestWithdrawn: EntryType = {
  name: 'RequestWithdrawn',
  title: { en: 'Request withdrawn', de: 'Ersuchen zurückgenommen' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RequestWithdrawn,

  recipients: (terms) => agenciesIn(terms, 'addressee'),

  refusal(head, { issuer, terms }) {
    const requester = head?.requester ?? null;
    const another = requester !== null && requester !== issuer;
    return another || agencyIn(terms, 'addressee') === issuer ? 'a request is withdrawn by its requester' : null;
  },

  moves: (head, { issuer, occurredAt }) =>
    unask({ ...head, requester: head.requester ?? issuer }, 'withdrawn', occurredAt),

  sentence(terms, language) {
    const addressee = said(terms['addressee'], language);
    const why = label(withdrawalCause, terms['cause'], language);
    return language === 'de'
      ? `Ersuchen an ${addressee} zurückgenommen: ${why}.`
      : `Request to ${addressee} withdrawn: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000104',
    type: 'RequestWithdrawn',
    exchange: '0195a6f0-0002-7000-8000-000000000101',
    occurredAt: '2026-03-04T15:00:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      case: 'case-7f3a',
      addressee: 'school.example',
      cause: 'obtained-otherwise',
      reasonTold: 'The conference has answered the question.',
    },
  },
};
