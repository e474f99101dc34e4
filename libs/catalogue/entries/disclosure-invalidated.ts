import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { cancel, owe, reach } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, label, named, textIn } from '../reading.js';
import { invalidationCause } from '../vocabularies/invalidation-cause.js';
import { remedialAction } from '../vocabularies/remedial-action.js';

/** LED 7(3), 16(5), 16(6); GDPR 19. */
export class DisclosureInvalidated extends Envelope {
  @Required('terms', uuid)
  readonly disclosureId: Given<string>;

  @Required('terms', code(invalidationCause))
  readonly cause: Given<string>;

  @Required('terms', code(remedialAction))
  readonly action: Given<string>;

  @Required('terms', list(agency, 1), 'Every body that received it.')
  readonly recipients: Given<readonly string[]>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Optional('terms', list(count), 'Places of the wrong items in the manifest, from 0; all where absent.')
  readonly affectedItems?: Given<readonly number[]>;

  @Optional('terms', agency, 'Body the wrong data came from: LED 16(5).')
  readonly originator?: Given<string>;

  @Optional('told', prose, 'What the recipients are told to correct.')
  readonly correctionTold?: Given<string>;
}

export const disclosureInvalidated: EntryType = {
  name: 'DisclosureInvalidated',
  title: { en: 'Disclosure invalidated', de: 'Übermittlung zurückgenommen' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: DisclosureInvalidated,

  recipients: (terms) => agenciesIn(terms, 'recipients'),

  moves(head, { issuer, terms, occurredAt }) {
    const about = textIn(terms, 'disclosureId');
    const said = agenciesIn(terms, 'recipients');
    const recipients = (said.length > 0 ? said : head.recipients).filter((one) => one !== issuer);
    const invalidated = cancel(reach(head, 'invalidated', occurredAt), ['receipt', 'feedback'], about);
    return recipients.reduce(
      (next, recipient) => owe(next, { agency: recipient, owes: 'confirmation', about, since: occurredAt }),
      invalidated,
    );
  },

  sentence(terms, language) {
    const cause = label(invalidationCause, terms['cause'], language);
    const action = label(remedialAction, terms['action'], language);
    const who = named(terms['recipients'], language);
    return language === 'de'
      ? `Übermittlung zurückgenommen (${cause}); ${who} soll: ${action}.`
      : `Disclosure invalidated (${cause}); ${who} should: ${action}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000008',
    type: 'DisclosureInvalidated',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-04-02T08:30:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0815',
      case: 'case-e01b',
      causedBy: '0195a6f0-0001-7000-8000-000000000005',
      disclosureId: '0195a6f0-0003-7000-8000-000000000001',
      cause: 'incorrect',
      action: 'rectify',
      recipients: ['police.example'],
      affectedItems: [1],
      originator: 'school.example',
      justification: 'The relation to the mentor was recorded wrongly by the school.',
      correctionTold: 'The mentor is not a relative.',
    },
  },
};
