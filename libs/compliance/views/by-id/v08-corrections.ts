import { agenciesIn, agencyIn, textIn, vocabularies, vocabulary, type Vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import { erasedOf, factsOf, textsOf, type Fact, type Matter } from '../../rules/matter.js';
import { isSameDisclosure } from '../../rules/same-disclosure.js';
import { withLinked } from '../../rules/with-linked.js';
import { coded, column } from '../columns.js';
import type { Row, RowsView } from '../view.js';

const kinds = vocabulary('correction-kind', 1, {
  entry: { en: 'entry corrected', de: 'Eintrag berichtigt' },
  disclosure: { en: 'disclosure invalidated', de: 'Übermittlung zurückgenommen' },
  notice: { en: 'told of a change', de: 'über eine Änderung unterrichtet' },
});

const states = vocabulary('correction-state', 1, {
  recorded: { en: 'recorded', de: 'festgehalten' },
  'to-tell': { en: 'to be told', de: 'zu unterrichten' },
  'not-reached': { en: 'could not be reached', de: 'nicht erreicht' },
  told: { en: 'told', de: 'unterrichtet' },
  'to-confirm': { en: 'told, confirmation open', de: 'unterrichtet, Bestätigung offen' },
  confirmed: { en: 'confirmed', de: 'bestätigt' },
  'not-done': { en: 'answered: not done', de: 'geantwortet: nicht erledigt' },
  'not-decidable': { en: 'not decidable (erased)', de: 'nicht feststellbar (gelöscht)' },
});

/** Why something changed, whichever entry says it. */
const causes: Vocabulary = {
  name: 'change-cause',
  version: 1,
  terms: new Map(
    ['correction-cause', 'invalidation-cause', 'notification-cause'].flatMap((name) => [
      ...(vocabularies.get(name)?.terms ?? []),
    ]),
  ),
};

const types = ['EntryCorrected', 'DisclosureInvalidated', 'RecipientNotified'];

/**
 * LED 7(3), 16(5), 16(6); GDPR 19. A line for each body that has to learn of a change: when it was told, when it
 * confirmed, what is still open. Whose duty that is and until when is said by QUA-02.
 */
export const v8: RowsView = {
  id: 'V8',
  name: 'corrections',
  title: { en: 'Correction chains', de: 'Berichtigungsketten' },
  question: {
    en: 'What was corrected or taken back, who was told of it when, who has confirmed, and what is still open?',
    de: 'Was wurde berichtigt oder zurückgenommen, wer wurde wann unterrichtet, wer hat bestätigt, und was ist noch offen?',
  },
  columns: {
    at: column('instant', ['changed', 'geändert am'], 'filter', 'sort'),
    kind: coded('code', kinds, ['kind', 'Art'], 'filter'),
    cause: coded('code', causes, ['cause', 'Grund'], 'filter'),
    state: coded('code', states, ['state', 'Stand'], 'filter', 'sort'),
    by: column('agency', ['changed by', 'geändert durch'], 'filter'),
    recipient: column('agency', ['to be told', 'zu unterrichten'], 'filter', 'sort'),
    as: coded('code', 'notified-as', ['as', 'als'], 'filter'),
    action: coded('code', 'remedial-action', ['should', 'soll'], 'filter'),
    toldAt: column('instant', ['told', 'unterrichtet am'], 'sort'),
    answeredAt: column('instant', ['answered', 'geantwortet am'], 'sort'),
    actionTaken: coded('code', 'remedial-action', ['action answered for', 'gemeldete Maßnahme']),
    passedOnTo: column('agencies', ['passed on by us to', 'von uns weitergegeben an'], 'filter'),
    disclosure: column('reference', ['disclosure', 'Übermittlung'], 'filter'),
    corrects: column('entry', ['corrected entry', 'berichtigter Eintrag'], 'filter'),
    entries: column('entries', ['entries of the chain', 'Einträge der Kette']),
  },
  order: { by: 'at', direction: 'descending' },
  asOf: true,
  about: 'exchange',
  reads: [...types, 'InformationDisclosed', 'DisclosureReceived', 'RecipientActionConfirmed'],
  rows: (matter, agency) =>
    chainsIn(matter)
      .filter(({ change, recipient }) => change.issuer === agency || recipient === agency)
      .map((chain) => rowOf(chain, matter, agency)),
};

/** A change, and one body that has to learn of it. */
interface Chain {
  readonly change: Fact;
  readonly kind: string;
  /** null where nobody is named */
  readonly recipient: AgencyId | null;
  /** notices of the change to that body */
  readonly notices: readonly Fact[];
}

function chainsIn(matter: Matter): readonly Chain[] {
  const notices = factsOf(matter, 'RecipientNotified');
  const invalidated = factsOf(matter, 'DisclosureInvalidated').flatMap((change) =>
    holdersOf(change, matter).map((recipient) => ({
      change,
      kind: 'disclosure',
      recipient,
      notices: notices.filter((one) => agencyIn(one.terms, 'notified') === recipient && tellsOf(one, change)),
    })),
  );
  const belonging = new Set(invalidated.flatMap((chain) => chain.notices.map(({ id }) => id)));
  return [
    ...factsOf(matter, 'EntryCorrected').map((change) => ({ change, kind: 'entry', recipient: null, notices: [] })),
    ...invalidated,
    ...notices
      .filter(({ id }) => !belonging.has(id))
      .map((change) => ({ change, kind: 'notice', recipient: agencyIn(change.terms, 'notified'), notices: [change] })),
  ];
}

/** Whom the invalidation names, whom it was sent to, and who received it. */
function holdersOf(invalidation: Fact, matter: Matter): readonly (AgencyId | null)[] {
  const isOf = (one: Fact): boolean => isSameDisclosure(one, invalidation);
  const sent = factsOf(matter, 'InformationDisclosed').filter((one) => isOf(one) && one.issuer === invalidation.issuer);
  const holders = new Set([
    ...[invalidation, ...sent].flatMap(({ terms }) => agenciesIn(terms, 'recipients')),
    ...factsOf(matter, 'DisclosureReceived')
      .filter(isOf)
      .map(({ issuer }) => issuer),
  ]);
  const others = [...holders].filter((holder) => holder !== invalidation.issuer);
  return others.length === 0 ? [null] : others;
}

/** A notice that names an invalidation tells of that one, any other of what was taken back before it. */
function tellsOf(notice: Fact, invalidation: Fact): boolean {
  if (notice.issuer !== invalidation.issuer || notice.terms['notifiedAs'] === 'originator') return false;
  const named = textIn(notice.terms, 'invalidation');
  if (named !== null) return named === invalidation.id;
  return isSameDisclosure(notice, invalidation) && notice.occurredAt >= invalidation.occurredAt;
}

function rowOf(chain: Chain, matter: Matter, agency: AgencyId): Row {
  const { change, kind, recipient, notices } = chain;
  const { id, occurredAt, issuer, terms } = change;
  const reached = notices.find((one) => one.terms['reached'] === true);
  const answers = answersTo(chain, matter);
  const answer = answers.findLast((one) => one.terms['done'] === true) ?? answers.at(-1);
  return {
    key: kind === 'disclosure' ? `${id} ${recipient ?? ''}` : id,
    entry: id,
    cells: {
      at: occurredAt,
      kind,
      cause: textIn(terms, 'cause'),
      state: stateOf(chain, answer, matter),
      by: issuer,
      recipient,
      as: kind === 'notice' ? textIn(terms, 'notifiedAs') : kind === 'disclosure' ? 'recipient' : null,
      action: textIn(terms, 'action'),
      toldAt: reached?.occurredAt ?? null,
      answeredAt: answer?.occurredAt ?? null,
      actionTaken: answer ? textIn(answer.terms, 'action') : null,
      passedOnTo: recipient === agency ? passedOnTo(change, matter, agency) : [],
      disclosure: textIn(terms, 'disclosureId'),
      corrects: textIn(terms, 'corrects'),
      entries: [...new Set([id, ...notices.map((one) => one.id), ...answers.map((one) => one.id)])],
    },
  };
}

function answersTo({ change, kind, recipient, notices }: Chain, matter: Matter): readonly Fact[] {
  if (kind === 'entry' || recipient === null) return [];
  const asked = [change, ...notices].map(({ id }): string | null => id);
  return factsOf(matter, 'RecipientActionConfirmed').filter(
    (one) =>
      one.issuer === recipient &&
      (asked.includes(textIn(one.terms, 'causedBy')) ||
        (isSameDisclosure(one, change) && one.occurredAt >= change.occurredAt)),
  );
}

function stateOf({ change, kind, recipient, notices }: Chain, answer: Fact | undefined, matter: Matter): string {
  if (kind === 'entry') return 'recorded';
  if (answer !== undefined) return answer.terms['done'] === true ? 'confirmed' : 'not-done';
  const mayHaveErased = (agency: AgencyId | null): boolean => erasedOf(matter).some(({ issuer }) => issuer === agency);
  const reached = notices.find((one) => one.terms['reached'] === true);
  if (reached === undefined) {
    if (mayHaveErased(change.issuer) || mayHaveErased(recipient)) return 'not-decidable';
    return notices.some((one) => one.terms['reached'] === false) ? 'not-reached' : 'to-tell';
  }
  // Where nothing is to be done, or where the data came from, nobody owes a confirmation.
  const owesAnswer = textIn(change.terms, 'action') !== null && reached.terms['notifiedAs'] !== 'originator';
  if (!owesAnswer) return 'told';
  return mayHaveErased(recipient) ? 'not-decidable' : 'to-confirm';
}

/** To whom the body that has to learn of it has passed it on itself: the chain goes on there. */
function passedOnTo({ terms }: Fact, matter: Matter, agency: AgencyId): readonly AgencyId[] {
  const disclosure = textIn(terms, 'disclosureId');
  if (disclosure === null) return [];
  const passedOn = factsOf(withLinked(matter, disclosure), 'InformationDisclosed').filter(
    (one) => one.issuer === agency && textsOf(one.terms, 'derivedFrom').includes(disclosure),
  );
  return [...new Set(passedOn.flatMap((one) => agenciesIn(one.terms, 'recipients')))];
}
