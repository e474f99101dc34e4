import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, country, flag, instant, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, label, named } from '../reading.js';
import { breachTarget } from '../vocabularies/breach-target.js';
import { channel } from '../vocabularies/channel.js';

/** One entry a target. GDPR 33, 34; LED 30, 31. Read by BRE-01 (authority), BRE-02 (partner) and BRE-03 (subject). */
export class BreachNotified extends Envelope {
  @Required('terms', uuid, 'Entry id of the breach.')
  readonly breach: Given<string>;

  @Required('terms', code(breachTarget))
  readonly target: Given<string>;

  @Required('terms', instant)
  readonly notifiedAt: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', list(agency), 'The authority or the partners that were told.')
  readonly recipients?: Given<readonly string[]>;

  @Optional('terms', list(country), 'Other member states whose controllers were told: LED 30(6), BRE-02.')
  readonly states?: Given<readonly string[]>;

  @Optional('terms', flag, 'False where more information follows: GDPR 33(4), LED 30(4).')
  readonly complete?: Given<boolean>;

  @Optional('terms', count, 'How many persons were told.')
  readonly personsTold?: Given<number>;

  @Optional('terms', flag, 'By public communication: GDPR 34(3)(c), LED 31(3)(c).')
  readonly inPublic?: Given<boolean>;

  @Optional('terms', code(channel))
  readonly channel?: Given<string>;

  @Optional('terms', reference, 'File number at the authority.')
  readonly fileNumber?: Given<string>;

  @Optional('terms', list(uuid), 'Disclosure ids a partner is told about.')
  readonly disclosures?: Given<readonly string[]>;

  @Optional('told', prose, 'What the authority or the partner was told.')
  readonly message?: Given<string>;

  @Optional('told', prose, 'Why it took more than 72 hours: GDPR 33(1), LED 30(1).')
  readonly delayReason?: Given<string>;
}

export const breachNotified: EntryType = {
  name: 'BreachNotified',
  title: { en: 'Breach notified', de: 'Datenschutzverletzung gemeldet' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: BreachNotified,
  retention: { terms: 'decision', told: 'decision' },
  matter: { kind: 'breach', openedBy: 'breach' },

  recipients: (terms) => agenciesIn(terms, 'recipients'),

  sentence(terms, language) {
    const target = label(breachTarget, terms['target'], language);
    const isNamed = agenciesIn(terms, 'recipients').length > 0;
    const who = isNamed ? `${target} (${named(terms['recipients'], language)})` : target;
    return language === 'de'
      ? `Verletzung des Schutzes von Daten mitgeteilt: ${who}.`
      : `Breach of data notified: ${who}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000310',
    type: 'BreachNotified',
    occurredAt: '2026-05-19T09:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0007',
      breach: '0195a6f0-0001-7000-8000-00000000030e',
      target: 'authority',
      notifiedAt: '2026-05-19T09:00:00.000Z',
      recipients: ['dpa.example'],
      complete: true,
      inPublic: false,
      channel: 'portal',
      fileNumber: 'DPA-2026-B-71',
      message: 'A letter with three reports reached a wrong address and came back unread.',
    },
  },
};
