import type { AgencyId } from '#kernel';
import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { owe, reach, settle, union, type ExchangeHead } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import {
  agency,
  code,
  count,
  country,
  date,
  digest,
  flag,
  instant,
  line,
  list,
  nested,
  prose,
  reference,
  uuid,
} from '../kind.js';
import { LegalBasis, OwnLegalBasis } from '../legal-basis.js';
import type { Given } from '../missing.js';
import { ownBasisFaults } from '../own-basis-faults.js';
import { Period } from '../period.js';
import { secrecyCodes, subjectCodes } from '../present-codes.js';
import { agenciesIn, enumerated, label, labels, named, textIn } from '../reading.js';
import { ageBand } from '../vocabularies/age-band.js';
import { channel } from '../vocabularies/channel.js';
import { condition } from '../vocabularies/condition.js';
import { dataCategory } from '../vocabularies/data-category.js';
import { gateway } from '../vocabularies/gateway.js';
import { itemBasis } from '../vocabularies/item-basis.js';
import { purpose } from '../vocabularies/purpose.js';
import { regime } from '../vocabularies/regime.js';
import { reliability } from '../vocabularies/reliability.js';
import { secrecyClass } from '../vocabularies/secrecy-class.js';
import { specialGround } from '../vocabularies/special-ground.js';
import { subjectCategory } from '../vocabularies/subject-category.js';

/** One line of the manifest: what was passed on, never the content itself. */
export class DisclosedItem {
  @Required('terms', code(dataCategory))
  readonly dataCategory: Given<string>;

  @Required('terms', code(itemBasis), 'LED 7(1): facts apart from assessments.')
  readonly itemBasis: Given<string>;

  @Required('terms', code(reliability), 'LED 7(2).')
  readonly reliability: Given<string>;

  @Required('terms', date, 'The day for which it was true.')
  readonly asOf: Given<string>;

  @Optional('terms', flag, 'Special category of data or criminal-offence data.')
  readonly specialCategory?: Given<boolean>;

  @Optional('terms', nested(Period))
  readonly period?: Given<Period>;

  @Optional('terms', count, 'Place of the requested item it answers, from 0.')
  readonly answersItem?: Given<number>;

  @Optional('terms', code(purpose), 'What it was collected for.')
  readonly collectedFor?: Given<string>;

  @Optional('terms', code(secrecyClass))
  readonly secrecyClass?: Given<string>;

  @Optional('terms', flag)
  readonly complete?: Given<boolean>;

  @Optional('terms', reference, 'Marking of police data that stays on transfer.')
  readonly marking?: Given<string>;

  @Optional('terms', flag, 'The recipient could have collected it by the same means itself.')
  readonly reCollectionTest?: Given<boolean>;

  @Optional('terms', flag, 'It is also about somebody else, or about a child beside the person concerned.')
  readonly thirdPerson?: Given<boolean>;

  @Optional('reasons', prose)
  readonly thirdPersonReason?: Given<string>;

  @Optional('people', reference, 'Record it comes from.')
  readonly itemRef?: Given<string>;

  @Optional('terms', digest, 'HMAC of the content under a key of the pair.')
  readonly keyedDigest?: Given<string>;
}

/** GDPR 44-49, LED 35-39. */
export class Transfer {
  @Required('terms', country)
  readonly country: Given<string>;

  @Optional('terms', line, 'Adequacy decision, contract or derogation relied on.')
  readonly tool?: Given<string>;

  @Optional('terms', reference)
  readonly assessment?: Given<string>;

  @Optional('terms', reference, 'Authorisation of the state the data come from: LED 35(1)(c).')
  readonly originAuthorisation?: Given<string>;

  @Optional('terms', country, 'Member State the data come from, where it is another one: LED 35(1)(c).')
  readonly originState?: Given<string>;

  @Optional('terms', flag, 'Sent without that authorisation, against an immediate and serious threat: LED 35(2).')
  readonly withoutAuthorisation?: Given<boolean>;

  @Optional('terms', date, 'When the state the data come from was told of it: LED 35(2).')
  readonly originInformedOn?: Given<string>;

  @Optional('terms', date, 'When the supervisory authority was told: LED 37(2), 39(3).')
  readonly supervisorInformedOn?: Given<string>;
}

/** An answer or a spontaneous disclosure. LED 6, 7, 9(3), 25(1), 35-39; GDPR 5, 6, 9, 10, 15(1)(c), 44-49. */
export class InformationDisclosed extends Envelope {
  @Required('terms', uuid, 'Names the disclosure in receipts, feedback and corrections.')
  readonly disclosureId: Given<string>;

  @Required('terms', flag, 'True when nobody asked.')
  readonly spontaneous: Given<boolean>;

  @Required('terms', list(agency, 1))
  readonly recipients: Given<readonly string[]>;

  @Required('terms', code(channel))
  readonly channel: Given<string>;

  @Required('terms', code(purpose))
  readonly purpose: Given<string>;

  @Required('terms', nested(LegalBasis), 'Power of the discloser to transmit.')
  readonly legalBasisTransmit: Given<LegalBasis>;

  @Required('terms', nested(LegalBasis), 'Power to collect, of each recipient that is not in `collectBases`.')
  readonly legalBasisCollect: Given<LegalBasis>;

  @Required('terms', list(nested(DisclosedItem), 1), 'The manifest.')
  readonly items: Given<readonly DisclosedItem[]>;

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

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Optional('terms', flag, 'The purpose equals or is compatible with that of the collection.')
  readonly purposeCompatible?: Given<boolean>;

  @Optional('terms', list(nested(OwnLegalBasis)), 'Power of each recipient that collects under another law.')
  readonly collectBases?: Given<readonly OwnLegalBasis[]>;

  @Optional('terms', uuid, 'Entry id of the request it answers.')
  readonly request?: Given<string>;

  @Optional('terms', code(regime))
  readonly regimeRecipient?: Given<string>;

  @Optional('terms', line, 'Provision that allows the change of regime.')
  readonly regimeChangeProvision?: Given<string>;

  @Optional('terms', line, 'Threshold the law sets for this transfer, as found to be met.')
  readonly threshold?: Given<string>;

  @Optional('terms', reference)
  readonly recipientUnit?: Given<string>;

  @Optional('people', list(reference))
  readonly recipientPersons?: Given<readonly string[]>;

  @Optional('people', list(reference), 'Who heard an oral disclosure.')
  readonly attendees?: Given<readonly string[]>;

  @Optional('terms', list(code(condition)), 'Handling conditions told to the recipients.')
  readonly conditions?: Given<readonly string[]>;

  @Optional('told', prose, 'How long the recipients may keep it, by every clause it goes by.')
  readonly retentionTold?: Given<string>;

  @Optional('told', prose, 'The reason told to the recipients; none is told where it is absent.')
  readonly reasonTold?: Given<string>;

  @Optional('terms', instant)
  readonly qualityCheckedAt?: Given<string>;

  @Optional('staff', reference)
  readonly qualityCheckedBy?: Given<string>;

  @Optional('staff', reference)
  readonly secondApprover?: Given<string>;

  @Optional('reasons', prose, 'Why less would not do.')
  readonly necessity?: Given<string>;

  @Optional('reasons', prose, 'Whether anonymous, pseudonymous or fewer data would do.')
  readonly alternatives?: Given<string>;

  @Optional('terms', code(specialGround))
  readonly specialGround?: Given<string>;

  @Optional('reasons', prose, 'Why special categories are strictly necessary: LED 10.')
  readonly strictNecessity?: Given<string>;

  @Optional('reasons', code(gateway), 'Ground for lifting secrecy.')
  readonly gateway?: Given<string>;

  @Optional('terms', uuid, 'Entry id of the consent or the release from secrecy relied on.')
  readonly consentRef?: Given<string>;

  @Optional('terms', flag, 'The head of the office or the deputy decided: SGB X 72.')
  readonly decidedByHead?: Given<boolean>;

  @Optional('terms', flag, 'The success of the help is not endangered: SGB VIII 64(2).')
  readonly helpNotEndangered?: Given<boolean>;

  @Optional('terms', list(uuid), 'Disclosure ids this one passes on.')
  readonly derivedFrom?: Given<readonly string[]>;

  @Optional('terms', uuid, 'Entry id of the permission for onward sharing.')
  readonly permissionRef?: Given<string>;

  @Optional('terms', uuid, 'Entry id of the convening of the conference in which it was said.')
  readonly conferenceRef?: Given<string>;

  @Optional('terms', reference)
  readonly agendaItem?: Given<string>;

  @Optional('terms', digest, 'HMAC of the manifest under a key of the pair.')
  readonly manifestDigest?: Given<string>;

  @Optional('terms', nested(Transfer), 'To a third country.')
  readonly transfer?: Given<Transfer>;

  @Optional('withheld', prose, 'Reasons kept from the person concerned: LED 15(4).')
  readonly reasonsWithheld?: Given<string>;
}

export const informationDisclosed: EntryType = {
  name: 'InformationDisclosed',
  title: { en: 'Information disclosed', de: 'Information übermittelt' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: InformationDisclosed,

  faults: (data) =>
    ownBasisFaults(data, 'collect', 'recipients').map((fault) => ({ ...fault, pointer: `/${fault.pointer}` })),
  codes: (data) => [...subjectCodes(data), ...secrecyCodes(data)],
  recipients: (terms) => agenciesIn(terms, 'recipients'),

  moves(head, { issuer, terms, occurredAt }) {
    const recipients = agenciesIn(terms, 'recipients');
    const disclosed: ExchangeHead = {
      ...reach(terms['spontaneous'] === true ? head : answered(head, issuer), 'disclosed', occurredAt),
      disclosers: union(head.disclosers, [issuer]),
      recipients: union(head.recipients, recipients),
    };
    const about = textIn(terms, 'disclosureId');
    return recipients.reduce(
      (next, recipient) => owe(next, { agency: recipient, owes: 'receipt', about, since: occurredAt }),
      disclosed,
    );
  },

  sentence(terms, language) {
    const to = named(terms['recipients'], language);
    const what = enumerated(labels(dataCategory, terms['items'], 'dataCategory', language), language);
    const why = label(purpose, terms['purpose'], language);
    const spontaneous = terms['spontaneous'] === true;
    return language === 'de'
      ? `Information ${spontaneous ? 'ohne Ersuchen ' : ''}übermittelt an ${to}: ${what}; Zweck: ${why}.`
      : `Information disclosed ${spontaneous ? 'without a request ' : ''}to ${to}: ${what}; purpose: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000005',
    type: 'InformationDisclosed',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-06T14:05:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      unit: 'Youth protection in court proceedings',
      actor: 'staff-0815',
      actorFunction: 'case worker',
      case: 'case-e01b',
      subject: 'person-a770',
      subjectCategory: 'client',
      ageBand: '14-17',
      agreement: 'exit-network-exampletown@3',
      activity: 'youth-protection@5',
      causedBy: '0195a6f0-0001-7000-8000-000000000004',
      visibility: 'open',
      disclosureId: '0195a6f0-0003-7000-8000-000000000001',
      spontaneous: false,
      request: '0195a6f0-0001-7000-8000-000000000002',
      recipients: ['police.example'],
      recipientUnit: 'State protection, prevention desk',
      recipientPersons: ['police-person-31'],
      channel: 'secure-mail',
      purpose: 'exit-support',
      legalBasisTransmit: { code: 'GDPR-A6-1-e', provision: 'SGB X § 69(1) no. 1' },
      legalBasisCollect: { code: 'LED-A8-1', provision: 'PolG NRW § 9' },
      regimeRecipient: 'LED',
      regimeChangeProvision: 'SGB X § 69(1) no. 1',
      items: [
        {
          dataCategory: 'exit-progress',
          itemBasis: 'assessment',
          reliability: 'high',
          asOf: '2026-03-05',
          answersItem: 1,
          collectedFor: 'child-welfare',
          secrecyClass: 'entrusted',
          complete: true,
          itemRef: 'file-88/2026-17',
        },
        {
          dataCategory: 'family',
          itemBasis: 'fact',
          reliability: { missing: 'unknown' },
          asOf: '2026-02-20',
          secrecyClass: 'social',
          thirdPerson: true,
          thirdPersonReason: 'The mentor is a relative; without naming the relation the state cannot be understood.',
          itemRef: 'file-88/2026-18',
        },
      ],
      conditions: ['purpose-only', 'social-secrecy'],
      retentionTold: 'Until the end of the case, at most two years.',
      reasonTold: 'Answer to the request of 2 March.',
      qualityCheckedAt: '2026-03-06T13:55:00.000Z',
      qualityCheckedBy: 'staff-0042',
      justification: 'The mentoring was agreed together and the conference needs its state.',
      necessity: 'Only the state of the mentoring is told, not what was said in it.',
      alternatives: 'An anonymous account would not do, because the case is known to both.',
      gateway: 'consent-entruster',
      consentRef: '0195a6f0-0004-7000-8000-000000000001',
      helpNotEndangered: true,
    },
  },
};

/** What an answer says of its sender's other duties: a request that is answered is decided. */
const answered = (head: ExchangeHead, agency: AgencyId): ExchangeHead =>
  settle(settle(head, { agency, owes: 'decision', about: null }), { agency, owes: 'disclosure', about: null });
