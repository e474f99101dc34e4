import { described, json, refersTo } from './described.js';
import { ExchangeDescription, Inbox } from './exchange-answers.js';
import { exchangeId, nextPage, page } from './parameters.js';
import { tags } from './tags.js';

export const DescribedExchange = () =>
  described({
    operationId: 'readExchange',
    tag: tags.agencies,
    summary: 'Follow an exchange',
    description: [
      'A request, its answers and everything that followed: each entry in order as one sentence, where the exchange ' +
        'stands, and whose turn it is. Made from block `terms` alone.',
      '**Who may call:** its parties and their data protection officers; a regulator sees what the agencies under it ' +
        'recorded. For everybody else the exchange does not exist: 404, the same as for an id nobody used. Not the ' +
        'operator.',
    ],
    parameters: [exchangeId, ...page],
    answers: {
      200: {
        description: 'The exchange, as far as the caller sees it.',
        headers: nextPage,
        content: json(refersTo(ExchangeDescription)),
      },
    },
    problems: {
      'invalid-query': 'a parameter is unknown, not of its form, or a cursor of another list',
      forbidden: 'views are not for the operator',
      'not-found': 'there is no such exchange for this caller',
      'store-unavailable': 'nothing can be read now',
    },
    models: [ExchangeDescription],
  });

export const DescribedInbox = () =>
  described({
    operationId: 'readInbox',
    tag: tags.agencies,
    summary: 'See what waits for my agency',
    description: [
      "What the caller's agency owes others: a decision, a disclosure, a receipt, feedback, the confirmation of an " +
        'action. It is gone as soon as the entry that settles it is recorded.',
      '**Who may call:** an agency and its data protection officer.',
    ],
    parameters: page,
    answers: {
      200: { description: 'What waits, longest waiting first.', headers: nextPage, content: json(refersTo(Inbox)) },
    },
    problems: {
      'invalid-query': 'a parameter is unknown, not of its form, or a cursor of another list',
      forbidden: "an inbox is an agency's",
      'store-unavailable': 'nothing can be read now',
    },
    models: [Inbox],
  });
