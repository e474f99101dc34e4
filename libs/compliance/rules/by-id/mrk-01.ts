import { isMissing, textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has, partsOf, textsOf, type Fact, type Matter } from '../matter.js';
import type { RegistryState } from '../registry-state.js';
import { required, type Judgement, type Rule } from '../rule.js';
import { withLinked } from '../with-linked.js';

/** Applies only under a pack whose police law marks data. */
export const mrk01: Rule = {
  id: 'MRK-01',
  version: 1,
  statement: {
    en: 'Police data keep their marking when they are passed on, and the recipient is told to keep it.',
    de: 'Polizeiliche Daten behalten bei der Übermittlung ihre Kennzeichnung; die empfangende Stelle wird darauf hingewiesen.',
  },
  compliant: {
    en: 'Each item names its marking, goes with the condition “keep the marking”, and could have been collected by the recipient.',
    de: 'Jede Angabe nennt ihre Kennzeichnung, geht mit der Auflage „Kennzeichnung beibehalten“ und hätte von der empfangenden Stelle erhoben werden dürfen.',
  },
  sources: ['PolG NRW § 22b', 'BKAG § 14', 'BKAG § 12†'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: false,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) =>
      judged(disclosure, matter, then(disclosure).registry),
    ),
};

function judged(disclosure: Fact, matter: Matter, registry: RegistryState): readonly Judgement[] {
  const { id, issuer, occurredAt, terms } = disclosure;
  const side = issuerSide(disclosure, registry);
  const isPolice = registry.kindOf(issuer) === 'police';
  const marked = markedBefore(disclosure, matter);
  const isTold = textsOf(terms, 'conditions').includes('keep-marking');
  return partsOf(terms, 'items').flatMap((item, place) => {
    const isMarked = has(item, 'marking');
    const isJudged = isPolice || isMarked || isMissing(item['marking']) || marked.has(textIn(item, 'dataCategory'));
    if (!isJudged) return [];
    const verdict = required(isMarked && isTold && mayBeCollected(item), occurredAt);
    return [{ side, entry: id, part: `/items/${place}`, verdict, facts: [id] }];
  });
}

/** Categories of what was received with a marking and is passed on. */
function markedBefore({ terms }: Fact, matter: Matter): ReadonlySet<string | null> {
  const names = textsOf(terms, 'derivedFrom');
  if (names.length === 0) return new Set();
  const received = factsOf(withLinked(matter, ...names), 'InformationDisclosed').filter((one) =>
    names.includes(textIn(one.terms, 'disclosureId') ?? ''),
  );
  const items = received.flatMap((one) => partsOf(one.terms, 'items')).filter((item) => has(item, 'marking'));
  return new Set(items.map((item) => textIn(item, 'dataCategory')));
}

/** Where the test was made, it was passed; where it is said to be open, it was not. */
const mayBeCollected = ({ reCollectionTest: test }: JsonObject): boolean => test !== false && !isMissing(test);
