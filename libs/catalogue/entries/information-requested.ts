import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { owe, reach } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, flag, line, list, nested, prose, reference } from '../kind.js';
import { LegalBasis } from '../legal-basis.js';
import type { Given } from '../missing.js';
import { Period } from '../period.js';
import { agenciesIn, agencyIn, enumerated, label, labels, said } from '../reading.js';
import { ageBand } from '../vocabularies/age-band.js';
import { dataCategory } from '../vocabularies/data-category.js';
import { purpose } from '../vocabularies/purpose.js';
import { regime } from '../vocabularies/regime.js';
import { requestKind } from '../vocabularies/request-kind.js';
import { subjectCategory } from '../vocabularies/subject-category.js';
import { urgency } from '../vocabularies/urgency.js';

export class RequestedItem {
  @Required('terms', code(dataCategory))
  readonly dataCategory: Given<string>;

  @Optional('terms', nested(Period))
  readonly period?: Given<Period>;

  @Optional('terms', flag, 'Special category of data or criminal-offence data.')
  readonly specialCategory?: Given<boolean>;

  @Optional('people', reference, 'Record or person it is about, as the addressee knows it.')
  readonly itemRef?: Given<string>;

  @Optional('people', prose, 'The question, where a category does not say it.')
  readonly question?: Given<string>;
}

/** LED 4, 8, 10; GDPR 5, 6, 9, 10. */
export class InformationRequested extends Envelope {
  @Required('terms', agency)
  readonly addressee: Given<string>;

  @Required('terms', code(purpose))
  readonly purpose: Given<string>;

  @Required('terms', nested(LegalBasis), 'Power of the requester to collect.')
  readonly legalBasisCollect: Given<LegalBasis>;

  @Required('terms', list(nested(RequestedItem), 1))
  readonly items: Given<readonly RequestedItem[]>;

  @Required('terms', code(urgency))
  readonly urgency: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('people', reference)
  declare readonly case: Given<string>;

  @Required('people', reference)
  declare readonly subject: Given<string>;

  @Required('people', code(subjectCategory))
  declare readonly subjectCategory: Given<string>;

  @Required('people', code(ageBand))
  declare readonly ageBand: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Required('reasons', prose, 'Why it is asked for.')
  readonly justification: Given<string>;

  @Optional('reasons', prose, 'Why less would not do.')
  readonly necessity?: Given<string>;

  @Optional('reasons', prose, 'Why special categories are strictly necessary: LED 10.')
  readonly strictNecessity?: Given<string>;

  @Optional('terms', code(requestKind))
  readonly requestKind?: Given<string>;

  @Optional('terms', reference)
  readonly addresseeUnit?: Given<string>;

  @Optional('terms', date)
  readonly neededBy?: Given<string>;

  @Optional('terms', list(agency), 'Bodies that shall receive the answer beside the requester.')
  readonly intendedRecipients?: Given<readonly string[]>;

  @Optional('people', list(reference), 'Persons the answer may go to.')
  readonly requesterPersons?: Given<readonly string[]>;

  @Optional('told', prose, 'The reason told to the addressee; none is told where it is absent.')
  readonly reasonTold?: Given<string>;

  @Optional('told', line, 'What follows if it is refused.')
  readonly consequenceIfRefused?: Given<string>;

  @Optional('told', line, 'How long the requester means to keep it.')
  readonly intendedRetention?: Given<string>;

  @Optional('terms', flag)
  readonly subjectInformed?: Given<boolean>;

  @Optional('reasons', prose)
  readonly subjectNotInformedBecause?: Given<string>;
}

export const informationRequested: EntryType = {
  name: 'InformationRequested',
  title: { en: 'Information requested', de: 'Auskunft erbeten' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: InformationRequested,

  recipients: (terms) => agenciesIn(terms, 'addressee'),

  moves(head, { issuer, terms, occurredAt }) {
    const requested = reach({ ...head, requester: head.requester ?? issuer }, 'requested', occurredAt);
    const addressee = agencyIn(terms, 'addressee');
    if (addressee === null) return requested;
    return owe(requested, { agency: addressee, owes: 'decision', about: null, since: occurredAt });
  },

  sentence(terms, language) {
    const addressee = said(terms['addressee'], language);
    const what = enumerated(labels(dataCategory, terms['items'], 'dataCategory', language), language);
    const why = label(purpose, terms['purpose'], language);
    return language === 'de'
      ? `Auskunft erbeten bei ${addressee}: ${what}; Zweck: ${why}.`
      : `Information requested from ${addressee}: ${what}; purpose: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000002',
    type: 'InformationRequested',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-02T09:15:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      unit: 'State protection, prevention desk',
      actor: 'staff-4711',
      actorFunction: 'case officer',
      case: 'case-7f3a',
      subject: 'person-19c2',
      subjectCategory: 'client',
      ageBand: '14-17',
      agreement: 'exit-network-exampletown@3',
      activity: 'exit-coordination@2',
      addressee: 'youth-office.example',
      purpose: 'exit-support',
      requestKind: 'item-request',
      urgency: 'normal',
      neededBy: '2026-03-16',
      legalBasisCollect: { code: 'LED-A8-1', provision: 'PolG NRW § 9' },
      items: [
        { dataCategory: 'school-attendance', period: { from: '2025-09-01', until: '2026-02-28' } },
        { dataCategory: 'exit-progress', question: 'Does the agreed mentoring take place?' },
      ],
      justification: 'The case conference of February planned a joint next step and needs the present state.',
      necessity: 'Without the state of the mentoring the next step cannot be planned.',
      reasonTold: 'Preparation of the next case conference.',
      by: { agreement: 'default', justification: 'person' },
    },
  },
};
