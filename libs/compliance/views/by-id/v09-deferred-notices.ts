import { afterDay, dayIn, textIn, vocabulary } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import { coveringHeldBack } from '../../rules/held-back.js';
import { erasedOf, factsOf, has, textsOf, type Fact, type Matter } from '../../rules/matter.js';
import { coded, column } from '../columns.js';
import type { Row, RowsView } from '../view.js';

const states = vocabulary('deferral-state', 1, {
  deferred: { en: 'deferred', de: 'zurückgestellt' },
  'to-inform': { en: 'ended, notice owed', de: 'beendet, Benachrichtigung steht aus' },
  informed: { en: 'informed', de: 'benachrichtigt' },
  'not-decidable': { en: 'not decidable (erased)', de: 'nicht feststellbar (gelöscht)' },
});

const parts = vocabulary('deferral-part', 1, {
  ground: { en: 'ground', de: 'Grund' },
  until: { en: 'end', de: 'Ende' },
  nextReview: { en: 'day of review', de: 'Prüftermin' },
  covers: { en: 'what it is about', de: 'wovon nicht benachrichtigt wird' },
});

/**
 * LED 13(3); GDPR 14(5), 23; BDSG 56. Ground and authority stay in blocks that no view opens: only whether there is a
 * ground is shown. Where a review is late is said by INF-02.
 */
export const v9: RowsView = {
  id: 'V9',
  name: 'deferred-notices',
  title: { en: 'Deferred notices', de: 'Zurückgestellte Benachrichtigungen' },
  question: {
    en: 'Who has not been told yet, since when, until when, and by when is that reviewed?',
    de: 'Welche Benachrichtigungen sind zurückgestellt, seit wann, bis wann, und wann wird das geprüft?',
  },
  columns: {
    reviewBy: column('date', ['to be reviewed by', 'zu prüfen bis'], 'filter', 'sort'),
    state: coded('code', states, ['state', 'Stand'], 'filter', 'sort'),
    deferredAt: column('instant', ['deferred', 'zurückgestellt am'], 'sort'),
    until: column('date', ['until', 'bis'], 'sort'),
    article: coded('code', 'notice-article', ['duty to inform', 'Informationspflicht'], 'filter'),
    extent: coded('code', 'notice-extent', ['extent', 'Umfang'], 'filter'),
    regime: coded('code', 'regime', ['regime', 'Rechtsrahmen'], 'filter'),
    covers: column('references', ['disclosures', 'Übermittlungen'], 'filter'),
    reviews: column('number', ['reviews', 'Prüfungen'], 'sort'),
    reviewedAt: column('instant', ['last reviewed', 'zuletzt geprüft am'], 'sort'),
    informedAt: column('instant', ['informed', 'benachrichtigt am'], 'sort'),
    originatorConsent: column('entry', ['consent of a body asked for', 'angefragte Zustimmung']),
    lacking: coded('codes', parts, ['missing', 'fehlt'], 'filter'),
  },
  order: { by: 'reviewBy', direction: 'ascending' },
  about: 'deferral',
  reads: ['NotificationDeferred', 'DeferralReviewed', 'DataSubjectInformed'],
  rows: (matter, agency) =>
    factsOf(matter, 'NotificationDeferred')
      .filter(({ issuer }) => issuer === agency)
      .flatMap((deferral) => rowsOf(deferral, matter, agency)),
};

/** What ends on a day is owed from then on, though nobody says so any more. */
function rowsOf(deferral: Fact, matter: Matter, agency: AgencyId): readonly Row[] {
  const { id, occurredAt, terms } = deferral;
  const reviews = factsOf(matter, 'DeferralReviewed').filter(
    (one) => one.issuer === agency && textIn(one.terms, 'deferral') === id,
  );
  const notice = coveringHeldBack(matter, ['DataSubjectInformed'])[0];
  const state = stateOf(reviews, notice, matter);
  const decisions = [deferral, ...reviews];
  const days = daysOf(decisions);
  const row: Row = {
    key: id,
    entry: id,
    cells: {
      reviewBy: state === 'deferred' || state === 'not-decidable' ? earlier(days.nextReview, days.until) : null,
      state,
      deferredAt: occurredAt,
      until: days.until,
      article: textIn(terms, 'article'),
      extent: textIn(terms, 'extent'),
      regime: textIn(terms, 'regime'),
      covers: textsOf(terms, 'covers'),
      reviews: reviews.length,
      reviewedAt: reviews.at(-1)?.occurredAt ?? null,
      informedAt: notice?.occurredAt ?? null,
      originatorConsent: textIn(terms, 'originatorConsent'),
      lacking: lackingIn(deferral),
    },
  };
  const end = state === 'deferred' ? endOf(decisions, days) : null;
  if (end === null) return [row];
  const owed: Row = { ...row, cells: { ...row.cells, state: 'to-inform', reviewBy: null }, shownFrom: end };
  return [{ ...row, shownUntil: end }, owed];
}

function stateOf(reviews: readonly Fact[], notice: Fact | undefined, matter: Matter): string {
  if (notice !== undefined) return 'informed';
  if (erasedOf(matter).length > 0) return 'not-decidable';
  return reviews.at(-1)?.terms['outcome'] === 'ended' ? 'to-inform' : 'deferred';
}

interface Days {
  readonly nextReview: string | null;
  readonly until: string | null;
}

/** A review that names no new end leaves the one that was set; the day on which it was due itself is over with it. */
const daysOf = (decisions: readonly Fact[]): Days => ({
  nextReview: decisions.map(({ terms }) => dayIn(terms, 'nextReview')).at(-1) ?? null,
  until: decisions.map(({ terms }) => dayIn(terms, 'until')).findLast((day) => day !== null) ?? null,
});

/** Null where no day ends it: what was decided after the day that was set goes on. */
function endOf(decisions: readonly Fact[], { until }: Days): Instant | null {
  const end = until === null ? null : afterDay(until);
  return end !== null && decisions.every(({ occurredAt }) => occurredAt < end) ? end : null;
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/** Codes of {@link parts}. What is omitted for good has no end. */
function lackingIn({ terms }: Fact): readonly string[] {
  const hasEnd = has(terms, 'until') || has(terms, 'untilEvent') || terms['extent'] === 'omitted';
  return [
    ...(has(terms, 'ground') ? [] : ['ground']),
    ...(hasEnd ? [] : ['until']),
    ...['nextReview', 'covers'].filter((name) => !has(terms, name)),
  ];
}
