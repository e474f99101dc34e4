import { agreedTimeLimit, dueAs } from '../agreed-time-limit.js';
import { addressedRequests, entriesAbout } from '../request-replies.js';
import { inTime, type Rule } from '../rule.js';
import { recipientOf } from '../side.js';
import { unlessErased } from '../unless-erased.js';

/** Who does one of these has the request. */
const replies = [
  'RequestAcknowledged',
  'ClarificationAsked',
  'RequestDecided',
  'OnwardSharingPermitted',
  'OnwardSharingRefused',
  'InformationDisclosed',
];

/** With these nobody waits for an acknowledgement any more. */
const endings = ['RequestWithdrawn', 'RequestLapsed'];

export const req01: Rule = {
  id: 'REQ-01',
  version: 1,
  statement: {
    en: 'Who is asked for information acknowledges the request.',
    de: 'Die ersuchte Stelle bestätigt den Eingang des Ersuchens.',
  },
  compliant: {
    en: 'The request is acknowledged in time, or asked back about, decided or answered at once.',
    de: 'Der Eingang wird fristgerecht bestätigt, oder es wird zurückgefragt, entschieden oder gleich geantwortet.',
  },
  sources: ['policy'],
  severity: 'low',
  basis: 'policy',
  deadline: { workingDays: 2 },
  applies: true,
  about: 'exchange',
  reads: ['InformationRequested', ...replies, ...endings],
  judge: (matter, then) =>
    addressedRequests(matter).map(({ request, addressee }) => {
      const inForce = then(request);
      const side = recipientOf(request, addressee, inForce.registry);
      const flow = { from: addressee, to: request.issuer };
      const agreed = agreedTimeLimit(request, flow, 'acknowledge', inForce.registry);
      const { due, cited } = dueAs(agreed, { side, from: request.occurredAt, inForce });
      const reply = entriesAbout(request, matter, ...replies, ...endings).find(
        ({ issuer, type, terms }) => endings.includes(type) || (issuer === addressee && terms['spontaneous'] !== true),
      );
      return {
        side,
        entry: request.id,
        part: null,
        verdict: unlessErased(inTime(reply?.occurredAt ?? null, due), matter),
        facts: [request.id, ...(reply ? [reply.id] : [])],
        ...cited,
      };
    }),
};
