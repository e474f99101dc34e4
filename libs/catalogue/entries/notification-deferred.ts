import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, line, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { noticeArticle } from '../vocabularies/notice-article.js';
import { noticeExtent } from '../vocabularies/notice-extent.js';
import { regime } from '../vocabularies/regime.js';
import { restrictionGround } from '../vocabularies/restriction-ground.js';

/**
 * A notice that is held back, in time or for good. LED 13(3); GDPR 14(5), 23; BDSG 56(2). Read by INF-01 and INF-02.
 * Ground and authority are sealed from the other side: they can tell whose inquiry is running.
 */
export class NotificationDeferred extends Envelope {
  @Required('terms', list(uuid, 1), 'Disclosure ids of what the person is not told of.')
  readonly covers: Given<readonly string[]>;

  @Required('terms', code(noticeArticle), 'Duty whose fulfilment is held back.')
  readonly article: Given<string>;

  @Required('terms', code(noticeExtent))
  readonly extent: Given<string>;

  @Required('reasons', code(restrictionGround))
  readonly ground: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('terms', date, 'Last day on which it is reviewed for the first time: INF-02.')
  readonly nextReview: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('people', reference)
  declare readonly subject: Given<string>;

  @Required('staff', reference, 'Who decided.')
  declare readonly actor: Given<string>;

  @Optional('terms', date, 'Until when, unless the notice is omitted for good: INF-02.')
  readonly until?: Given<string>;

  @Optional('reasons', line, 'Event with which it ends, where that is no date.')
  readonly untilEvent?: Given<string>;

  @Optional('reasons', line, 'Act, section, paragraph that allows it.')
  readonly provision?: Given<string>;

  @Optional('reasons', agency, 'Body whose task the notice would harm.')
  readonly authority?: Given<string>;

  @Optional('terms', uuid, 'Entry id in which a body was asked to agree to the notice: BDSG 56(3).')
  readonly originatorConsent?: Given<string>;

  @Optional('withheld', prose, 'Reasons kept from the person concerned.')
  readonly reasonsWithheld?: Given<string>;
}

export const notificationDeferred: EntryType = {
  name: 'NotificationDeferred',
  title: { en: 'Notice deferred', de: 'Benachrichtigung zurückgestellt' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: NotificationDeferred,
  retention: { reasons: 'decision' },
  matter: { kind: 'deferral' },

  sentence(terms, language) {
    const how = label(noticeExtent, terms['extent'], language);
    const review = said(terms['nextReview'], language);
    return language === 'de'
      ? `Benachrichtigung der betroffenen Person ${how}; Prüfung bis: ${review}.`
      : `Notice to the person concerned ${how}; review by: ${review}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000302',
    type: 'NotificationDeferred',
    occurredAt: '2026-03-07T10:00:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      actorFunction: 'head of desk',
      case: 'case-7f3a',
      subject: 'person-19c2',
      causedBy: '0195a6f0-0001-7000-8000-000000000006',
      visibility: 'restricted',
      covers: ['0195a6f0-0003-7000-8000-000000000001'],
      article: 'LED-A13',
      extent: 'delayed',
      ground: 'LED-A15-1-b',
      provision: 'BDSG § 56(2) no. 1',
      authority: 'prosecution.example',
      until: '2026-09-07',
      untilEvent: 'End of the covert measure',
      nextReview: '2026-06-07',
      justification: 'A notice now would warn others who are still being looked for.',
      reasonsWithheld: 'The measure is directed at a contact of the person.',
    },
  },
};
