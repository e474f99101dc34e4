import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, flag, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label } from '../reading.js';
import { channel } from '../vocabularies/channel.js';
import { noticeArticle } from '../vocabularies/notice-article.js';
import { regime } from '../vocabularies/regime.js';

/** GDPR 13, 14; LED 13; BDSG 56. Read by INF-01 and, where it names recipients, by DSR-04. */
export class DataSubjectInformed extends Envelope {
  @Required(
    'terms',
    list(uuid),
    'Disclosure ids of what the person was told of, made or received; none where the notice is general.',
  )
  readonly covers: Given<readonly string[]>;

  @Required('terms', code(noticeArticle))
  readonly article: Given<string>;

  @Required('terms', reference, 'Text the person was given, text@version.')
  readonly contentVersion: Given<string>;

  @Required('terms', code(channel))
  readonly channel: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('people', reference)
  declare readonly subject: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', list(agency), 'Recipients named to the person.')
  readonly recipientsNamed?: Given<readonly string[]>;

  @Optional('terms', flag, 'The person was told where the data come from: GDPR 14(2)(f).')
  readonly sourceTold?: Given<boolean>;

  @Optional('terms', flag, 'It went to a parent, a guardian or a lawyer.')
  readonly toRepresentative?: Given<boolean>;

  @Optional('terms', uuid, 'Entry id of the deferral that ends with it.')
  readonly deferral?: Given<string>;

  @Optional('terms', list(uuid), 'Entry ids in which bodies were asked to agree: BDSG 56(3), SGB X § 83(5).')
  readonly originatorConsents?: Given<readonly string[]>;

  @Optional('reasons', prose, 'What was left out, and why.')
  readonly leftOut?: Given<string>;
}

export const dataSubjectInformed: EntryType = {
  name: 'DataSubjectInformed',
  title: { en: 'Person concerned informed', de: 'Betroffene Person benachrichtigt' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: DataSubjectInformed,
  matter: { kind: 'deferral', openedBy: 'deferral' },

  sentence(terms, language) {
    const duty = label(noticeArticle, terms['article'], language);
    const how = label(channel, terms['channel'], language);
    return language === 'de'
      ? `Betroffene Person benachrichtigt: ${duty}; Weg: ${how}.`
      : `Person concerned informed: ${duty}; by: ${how}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000301',
    type: 'DataSubjectInformed',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-20T09:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0815',
      case: 'case-e01b',
      subject: 'person-a770',
      subjectCategory: 'client',
      ageBand: '14-17',
      causedBy: '0195a6f0-0001-7000-8000-000000000005',
      visibility: 'open',
      covers: ['0195a6f0-0003-7000-8000-000000000001'],
      article: 'GDPR-A14',
      contentVersion: 'notice-exit-network@2',
      channel: 'paper',
      recipientsNamed: ['police.example'],
      sourceTold: true,
      toRepresentative: true,
      deferral: '0195a6f0-0001-7000-8000-000000000302',
      leftOut: 'The name of the mentor, who is a third person.',
    },
  },
};
