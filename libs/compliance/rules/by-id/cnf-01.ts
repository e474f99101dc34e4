import { agenciesIn, agencyIn, textIn } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import { dueAs } from '../agreed-time-limit.js';
import { agreedConference, conferenceLimit, type AgreedConference } from '../conference-room.js';
import { erasedOf, factsOf, type Fact, type Matter } from '../matter.js';
import { inTime, type Judgement, type Rule, type Then, type Verdict } from '../rule.js';
import { recipientOf, senderOf } from '../side.js';

export const cnf01: Rule = {
  id: 'CNF-01',
  version: 1,
  statement: {
    en: 'What is contributed in a conference has a disclosure entry of its own, with everybody who heard it as recipient.',
    de: 'Jeder Beitrag in einer Fallkonferenz ist als Übermittlung eingetragen, mit allen, die ihn gehört haben.',
  },
  compliant: {
    en: 'Record the disclosure that the contribution names, to all bodies that were in the room.',
    de: 'Die Übermittlung, die der Beitrag nennt, wird eingetragen, an alle Stellen, die im Raum waren.',
  },
  sources: ['LED 25(1)', 'practice of conferences in Belgium and the Netherlands'],
  severity: 'high',
  basis: 'policy',
  deadline: { hours: 24 },
  applies: true,
  about: 'conference',
  reads: ['ConferenceConvened', 'ContributionRecorded', 'InformationDisclosed'],
  judge: (matter, then) => {
    const agreed = agreedConference(matter, then);
    return factsOf(matter, 'ContributionRecorded').map((one) => judged(one, matter, agreed, then(one)));
  },
};

function judged(contribution: Fact, matter: Matter, agreed: AgreedConference | null, then: Then): Judgement {
  const { id, issuer, occurredAt, terms } = contribution;
  const contributor = agencyIn(terms, 'contributor') ?? issuer;
  const side = contributor === issuer ? senderOf(contribution) : recipientOf(contribution, contributor, then.registry);
  const { due, cited } = dueAs(conferenceLimit(agreed, 'contributionsWithin'), {
    side,
    from: occurredAt,
    inForce: then,
  });
  const disclosureId = textIn(terms, 'disclosureId');
  const known = disclosureId === null ? undefined : matter.linked.get(disclosureId);
  const disclosure = factsOf({ entries: known?.entries ?? [] }, 'InformationDisclosed').find(
    (one) => textIn(one.terms, 'disclosureId') === disclosureId,
  );
  const isErased = !disclosure && known !== undefined && erasedOf(known).length > 0;
  return {
    side,
    entry: id,
    part: null,
    verdict: isErased ? { is: 'not-decidable' } : verdict(disclosure, heardBy(contribution, contributor), due),
    facts: [id, ...(disclosure ? [disclosure.id] : [])],
    ...cited,
  };
}

const heardBy = ({ terms }: Fact, contributor: AgencyId): readonly AgencyId[] =>
  agenciesIn(terms, 'heardBy').filter((agency) => agency !== contributor);

function verdict(disclosure: Fact | undefined, heard: readonly AgencyId[], due: Instant): Verdict {
  if (disclosure === undefined) return inTime(null, due);
  const recipients = agenciesIn(disclosure.terms, 'recipients');
  const isComplete = recipients.length > 0 && heard.every((agency) => recipients.includes(agency));
  return isComplete ? inTime(disclosure.occurredAt, due) : { is: 'broken', since: disclosure.occurredAt };
}
