import { textIn } from '#catalogue';
import { factsOf, has, partsOf, type Fact } from '../matter.js';
import { required, type Judgement, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

const refusing: readonly (string | null)[] = ['refuse', 'grant-partial'];

export const dec02: Rule = {
  id: 'DEC-02',
  version: 2,
  statement: {
    en: 'Everything that is refused is refused for a reason of the list and under a provision that is cited.',
    de: 'Für alles, was abgelehnt wird, sind ein Grund aus der Liste und die Vorschrift angegeben, die entgegensteht.',
  },
  compliant: {
    en: 'Each refused item has its reason and the provision that stands against it; "data protection" alone is none.',
    de: 'Zu jeder abgelehnten Angabe stehen Grund und Vorschrift; „Datenschutz“ allein ist kein Grund.',
  },
  sources: ['policy'],
  severity: 'medium',
  basis: 'policy',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['RequestDecided'],
  judge: (matter) => factsOf(matter, 'RequestDecided').flatMap(judged),
};

function judged(decision: Fact): readonly Judgement[] {
  const { id, occurredAt, terms } = decision;
  const judgement = (part: string, isSo: boolean): Judgement => ({
    side: senderOf(decision),
    entry: id,
    part,
    verdict: required(isSo, occurredAt),
    facts: [id],
  });
  const refused = partsOf(terms, 'refused');
  if (refused.length > 0) {
    return refused.map((item, place) => judgement(`/refused/${place}`, has(item, 'refusalReason', 'provision')));
  }
  return refusing.includes(textIn(terms, 'decision')) ? [judgement('/refused', false)] : [];
}
