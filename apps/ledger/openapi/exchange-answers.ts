import { duties, entryTypes, exchangeStates } from '#catalogue';
import { agency, Always, count, instant, listOf, oneOf, orNull, Sometimes, text, uuid } from './values.js';
import { ViewAnswer } from './view-answers.js';

/** What one side of an exchange owes the other. */
class Owed {
  @Always(oneOf(duties), 'What is owed.')
  readonly owes: string;

  @Always(orNull(text), '`disclosureId` of the disclosure it is about, where there is one.')
  readonly about: string | null;

  @Always(instant, 'Since when.')
  readonly since: string;
}

/** Whose turn it is in an exchange. */
export class Turn extends Owed {
  @Always(agency, 'Whose turn.')
  readonly agency: string;
}

/** What waits for an agency. */
export class InboxLine extends Owed {
  @Always(uuid, 'The exchange in which it waits.')
  readonly exchange: string;
}

export class Inbox extends ViewAnswer {
  @Always({ type: [InboxLine] }, 'Longest waiting first.')
  readonly waiting: readonly InboxLine[];
}

/** An entry in one sentence. */
export class Sentence {
  @Always(text, 'In English.')
  readonly en: string;

  @Always(text, 'In German.')
  readonly de: string;
}

/** An entry of an exchange, by what its block `terms` says. */
export class ExchangeEntry {
  @Always({ ...count, minimum: 1 }, 'Its place among the entries of the exchange that the caller sees, from 1.')
  readonly version: number;

  @Always(count, 'Its place in the log `entries`.')
  readonly index: number;

  @Always(uuid, 'Its id.')
  readonly entry: string;

  @Always(agency, 'Who recorded it.')
  readonly issuer: string;

  @Always(oneOf(entryTypes.keys()), 'Its type.')
  readonly type: string;

  @Always(instant, 'When it happened, as its sender says.')
  readonly occurredAt: string;

  @Always(instant, 'When the ledger recorded it.')
  readonly recordedAt: string;

  @Sometimes(
    { type: Sentence },
    'What happened, in one sentence. Absent for a type this ledger does not know any more.',
  )
  readonly sentence?: Sentence;

  @Sometimes(
    listOf(uuid),
    'What the same agency has corrected in it since, in this exchange or elsewhere, the latest last. Show them with it.',
  )
  readonly correctedBy?: readonly string[];
}

export class ExchangeDescription extends ViewAnswer {
  @Always(uuid, 'Its id.')
  readonly exchange: string;

  @Always(oneOf(exchangeStates), 'Where it stands.')
  readonly state: string;

  @Always(count, 'Its number of entries: what `expectedVersion` of the next entry would be.')
  readonly version: number;

  @Always(listOf(agency), 'The bodies that belong to it.')
  readonly parties: readonly string[];

  @Always({ type: [Turn] }, 'Whose turn it is.')
  readonly waitingFor: readonly Turn[];

  @Always({ type: [ExchangeEntry] }, 'Its entries in order, as far as the page goes.')
  readonly entries: readonly ExchangeEntry[];
}
