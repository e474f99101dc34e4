import { agencyIn, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import { issuerSide } from '../issuer-side.js';
import { factsOf, textsOf, type Fact, type Matter } from '../matter.js';
import { earliest } from '../moments.js';
import { inTime, type Judgement, type Rule, type Then } from '../rule.js';
import { isSameDisclosure } from '../same-disclosure.js';
import { unlessErased } from '../unless-erased.js';
import { withLinked } from '../with-linked.js';

/** The law says "without undue delay"; three working days are how the network reads it. */
export const qua03: Rule = {
  id: 'QUA-03',
  version: 1,
  statement: {
    en: 'The body that wrong data came from is told that they are wrong.',
    de: 'Die Stelle, von der unrichtige Daten stammen, wird darüber unterrichtet.',
  },
  compliant: {
    en: 'Tell the originator within the time limit, so that it can correct its own file and its other recipients.',
    de: 'Die Ursprungsstelle fristgerecht unterrichten, damit sie ihre Akte und ihre anderen Empfänger berichtigen kann.',
  },
  sources: ['LED 16(5)'],
  severity: 'high',
  basis: 'law',
  deadline: { workingDays: 3 },
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed', 'DisclosureInvalidated', 'RecipientNotified'],
  judge: (matter, then) =>
    factsOf(matter, 'DisclosureInvalidated')
      .filter(({ terms }) => terms['cause'] !== 'unlawful' && terms['cause'] !== 'superseded')
      .flatMap((invalidation) => {
        const originator = agencyIn(invalidation.terms, 'originator');
        return originator === null || originator === invalidation.issuer
          ? []
          : [judged(invalidation, originator, matter, then(invalidation))];
      }),
};

/** The notice may be recorded where the data came from, in an exchange whose parties may know of it. */
function judged(invalidation: Fact, originator: AgencyId, matter: Matter, then: Then): Judgement {
  const { id, issuer, occurredAt } = invalidation;
  const sources = factsOf(matter, 'InformationDisclosed')
    .filter((one) => isSameDisclosure(one, invalidation))
    .flatMap((one) => textsOf(one.terms, 'derivedFrom'));
  const known = withLinked(matter, id, ...sources);
  const notices = factsOf(known, 'RecipientNotified').filter(
    (one) =>
      one.issuer === issuer &&
      agencyIn(one.terms, 'notified') === originator &&
      one.terms['reached'] === true &&
      isAbout(one, invalidation, sources),
  );
  const side = issuerSide(invalidation, then.registry);
  const told = earliest(notices.map((one) => one.occurredAt));
  const verdict = unlessErased(inTime(told, then.end(side, occurredAt)), known);
  return { side, entry: id, part: originator, verdict, facts: [id, ...notices.map((one) => one.id)] };
}

/** A notice that names an invalidation is about that one, any other about what came before it. */
function isAbout(notice: Fact, invalidation: Fact, sources: readonly string[]): boolean {
  const named = textIn(notice.terms, 'invalidation');
  if (named !== null) return named === invalidation.id;
  const isOf = isSameDisclosure(notice, invalidation) || sources.includes(textIn(notice.terms, 'disclosureId') ?? '');
  return isOf && notice.occurredAt >= invalidation.occurredAt;
}
