import { agencyIn, dayIn } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import type { Done } from '../done.js';
import { factsOf, has, type Fact, type Matter } from '../matter.js';
import { instantIn } from '../moments.js';
import { required, type Judgement, type Rule, type Then } from '../rule.js';
import { recipientOf, senderOf, type Side } from '../side.js';
import { unlessErased } from '../unless-erased.js';

const types = ['InformationConsulted', 'LedgerAccessed'];

export const acc02: Rule = {
  id: 'ACC-02',
  version: 2,
  statement: {
    en: 'Whose part in a case or in the network has ended does not look any more.',
    de: 'Wessen Beteiligung am Fall oder am Verbund beendet ist, nimmt keine Einsicht mehr.',
  },
  compliant: {
    en: 'Access is taken away in time when a part ends, or the part is given anew.',
    de: 'Mit der Beteiligung wird der Zugang fristgerecht entzogen, oder die Beteiligung wird neu eingeräumt.',
  },
  sources: ['GDPR 32', 'LED 29'],
  severity: 'high',
  basis: 'policy',
  deadline: { hours: 24 },
  applies: true,
  about: 'exchange',
  reads: ['ParticipantAdded', 'ParticipantRemoved', ...types],
  judge: (matter, then) => factsOf(matter, ...types).map((access) => judged(access, matter, then(access))),
};

function judged(access: Fact, matter: Matter, then: Then): Judgement {
  const { id, issuer, occurredAt, terms, type } = access;
  const isLook = type === 'LedgerAccessed';
  const who = (isLook ? agencyIn(terms, 'agency') : null) ?? issuer;
  const side = isLook ? recipientOf(access, who, then.registry) : senderOf(access);
  const suspended = then.registry.suspendedSince(who, occurredAt);
  const ended = isLook ? null : partEnded(who, access, matter, { side, inForce: then });
  const isOver = (end: Instant | null): boolean => end !== null && then.end(side, end) < occurredAt;
  return {
    side,
    entry: id,
    part: null,
    verdict: isOver(suspended)
      ? required(false, occurredAt)
      : unlessErased(required(!isOver(ended && ended.at), occurredAt), matter),
    facts: [id, ...(ended ? [ended.by.id] : [])],
  };
}

/**
 * When its part in the case ended, as far as the exchange of the case tells: it was removed as a whole, or its time was
 * up. What came last before the access counts.
 */
function partEnded(
  who: AgencyId,
  access: Fact,
  matter: Matter,
  { side, inForce }: { readonly side: Side; readonly inForce: Then },
): Done | null {
  const last = factsOf(matter, 'ParticipantAdded', 'ParticipantRemoved').findLast(
    (one) => one.occurredAt <= access.occurredAt && agencyIn(one.terms, 'participant') === who && !isAboutPersons(one),
  );
  if (last === undefined) return null;
  const { terms, type } = last;
  if (type === 'ParticipantRemoved') {
    return { at: instantIn(terms, 'accessEnds') ?? last.occurredAt, by: last };
  }
  const until = dayIn(terms, 'until');
  return until === null ? null : { at: inForce.endOfDay(side, until), by: last };
}

/** Where only persons leave, the body stays. */
const isAboutPersons = ({ type, terms }: Fact): boolean => type === 'ParticipantRemoved' && has(terms, 'persons');
