import { agencyIn, textIn } from '#catalogue';
import { erasedOf, factsOf, partsOf, type Fact, type Matter } from '../matter.js';
import { askedItems, grantedItems, isWithin } from '../request-scope.js';
import { required, type Judgement, type Rule, type Verdict } from '../rule.js';
import { senderOf } from '../side.js';

/** What a disclosure answers, as far as its own side or the other recorded it. */
interface Answered {
  readonly requests: readonly Fact[];
  readonly decision: Fact | null;
  /** the disclosure says which request it answers, and that request is there */
  readonly isNamed: boolean;
  /** something was erased that may have asked for more or granted less */
  readonly isErased: boolean;
}

export const nec01: Rule = {
  id: 'NEC-01',
  version: 1,
  statement: {
    en: 'An answer holds no more than what was asked for and granted.',
    de: 'Eine Antwort geht nicht über das hinaus, was erbeten und bewilligt wurde.',
  },
  compliant: {
    en: 'Leave out what was not asked for or not granted, or pass it on without a request, on a power of its own.',
    de: 'Nicht Erbetenes oder nicht Bewilligtes bleibt weg oder wird ohne Ersuchen aufgrund eigener Befugnis übermittelt.',
  },
  sources: ['GDPR 5(1)(c)', 'LED 4(1)(c)'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationRequested', 'RequestDecided', 'InformationDisclosed'],
  judge: (matter) =>
    factsOf(matter, 'InformationDisclosed')
      .filter(({ terms }) => terms['spontaneous'] !== true)
      .flatMap((disclosure) => judged(disclosure, answeredBy(disclosure, matter))),
};

function judged(disclosure: Fact, answered: Answered): readonly Judgement[] {
  const { requests, decision, isErased } = answered;
  const asked = requests.length === 0 ? null : requests.flatMap(askedItems);
  const granted = decision && (grantedItems(decision, asked) ?? asked);
  if (asked === null && granted === null && !isErased) return [];
  return partsOf(disclosure.terms, 'items').map((item, place) => ({
    side: senderOf(disclosure),
    entry: disclosure.id,
    part: `/items/${place}`,
    verdict: verdict(
      { isAsked: asked === null || isWithin(item, asked), isGranted: granted === null || isWithin(item, granted) },
      answered,
      disclosure,
    ),
    facts: [disclosure, ...requests, ...(decision ? [decision] : [])].map(({ id }) => id),
  }));
}

function verdict(
  { isAsked, isGranted }: { readonly isAsked: boolean; readonly isGranted: boolean },
  { requests, decision, isNamed, isErased }: Answered,
  { occurredAt }: Fact,
): Verdict {
  if (!isErased) return required(isAsked && isGranted, occurredAt);
  if (!isAsked && isNamed) return required(false, occurredAt);
  const isComplete = requests.length > 0 && decision !== null;
  return isAsked && isGranted && isComplete ? { is: 'kept' } : { is: 'not-decidable' };
}

function answeredBy(disclosure: Fact, matter: Matter): Answered {
  const name = textIn(disclosure.terms, 'request');
  const isHere = name === null || factsOf(matter, 'InformationRequested').some(({ id }) => id === name);
  const elsewhere = isHere ? undefined : matter.linked.get(name);
  // What is put together anew is read anew, for each disclosure.
  const known = elsewhere === undefined ? matter : { entries: [...matter.entries, ...elsewhere.entries] };
  const asked = factsOf(known, 'InformationRequested');
  const named = asked.filter(({ id }) => id === name);
  return {
    requests: name === null ? asked.filter(({ terms }) => agencyIn(terms, 'addressee') === disclosure.issuer) : named,
    decision: decisionOf(disclosure, name, factsOf(known, 'RequestDecided')),
    isNamed: named.length > 0,
    isErased: erasedOf(known).length > 0,
  };
}

/** The last one of its own before it disclosed: a decision may be changed, and what is decided later allows nothing. */
function decisionOf({ issuer, occurredAt }: Fact, request: string | null, decisions: readonly Fact[]): Fact | null {
  const own = decisions.filter((one) => {
    const about = textIn(one.terms, 'request');
    return (
      one.issuer === issuer && one.occurredAt <= occurredAt && (request === null || about === null || about === request)
    );
  });
  return own.toSorted((one, other) => (timeOf(one) < timeOf(other) ? -1 : 1)).at(-1) ?? null;
}

const timeOf = ({ occurredAt, recordedAt, id }: Fact): string => `${occurredAt} ${recordedAt} ${id}`;
