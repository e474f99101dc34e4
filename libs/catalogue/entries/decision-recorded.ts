import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, flag, nested, prose, reference } from '../kind.js';
import { LegalBasis } from '../legal-basis.js';
import type { Given } from '../missing.js';
import { label } from '../reading.js';
import { decisionKind } from '../vocabularies/decision-kind.js';
import { decisionOutcome } from '../vocabularies/decision-outcome.js';
import { gateway } from '../vocabularies/gateway.js';
import { regime } from '../vocabularies/regime.js';
import { Automation } from './request-decided.js';

/**
 * A decision that answers no request: to admit, to act, to inform, to lift secrecy, and just as much not to. With its
 * reason (GDPR 5(2); DEC-01), by whom who may (GDPR 32(4); DEC-03), milder means weighed (NEC-02).
 */
export class DecisionRecorded extends Envelope {
  @Required('terms', code(decisionKind))
  readonly kind: Given<string>;

  @Required('terms', code(decisionOutcome))
  readonly outcome: Given<string>;

  @Required('terms', flag, 'Whoever decided may decide this in that function.')
  readonly deciderAuthorised: Given<boolean>;

  @Required('terms', flag, 'Whoever decided is not who asked for it.')
  readonly deciderIndependent: Given<boolean>;

  @Required('staff', reference, 'Who decided.')
  readonly decidedBy: Given<string>;

  @Required('staff', reference, 'In which function.')
  readonly decidedByFunction: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('people', reference)
  declare readonly case: Given<string>;

  @Optional('staff', reference)
  readonly secondApprover?: Given<string>;

  @Optional('terms', nested(LegalBasis))
  readonly legalBasis?: Given<LegalBasis>;

  @Optional('terms', nested(Automation))
  readonly automation?: Given<Automation>;

  @Optional('terms', date, 'When it is looked at again.')
  readonly reviewDue?: Given<string>;

  @Optional('terms', reference, 'Policy by which it was decided, policy@version.')
  readonly policy?: Given<string>;

  @Optional('terms', flag)
  readonly dpoConsulted?: Given<boolean>;

  @Optional('reasons', prose)
  readonly dpoAdvice?: Given<string>;

  @Optional('reasons', flag)
  readonly dpoAdviceFollowed?: Given<boolean>;

  @Optional('reasons', code(gateway), 'Ground for lifting secrecy.')
  readonly gateway?: Given<string>;

  @Optional('reasons', prose, 'Why less would not do.')
  readonly necessity?: Given<string>;

  @Optional('reasons', prose, 'Whether anonymous, pseudonymous or fewer data, or a milder means, would do.')
  readonly alternatives?: Given<string>;

  @Optional('reasons', prose)
  readonly balancing?: Given<string>;

  @Optional('reasons', prose, 'Risk for the person or for the help.')
  readonly subjectRisk?: Given<string>;

  @Optional('told', prose, 'The reason told to the other side; none is told where it is absent.')
  readonly reasonTold?: Given<string>;

  @Optional('withheld', prose, 'Reasons kept from the person concerned: LED 15(4).')
  readonly reasonsWithheld?: Given<string>;
}

export const decisionRecorded: EntryType = {
  name: 'DecisionRecorded',
  title: { en: 'Decision recorded', de: 'Entscheidung festgehalten' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: DecisionRecorded,
  retention: { reasons: 'decision' },
  matter: { kind: 'decision' },

  sentence(terms, language) {
    const what = label(decisionKind, terms['kind'], language);
    const how = label(decisionOutcome, terms['outcome'], language);
    return language === 'de' ? `Entscheidung zu ${what}: ${how}.` : `Decision on ${what}: ${how}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000220',
    type: 'DecisionRecorded',
    occurredAt: '2025-04-14T10:00:00.000Z',
    data: {
      regime: 'GDPR',
      case: 'case-2c90',
      subject: 'person-5b1e',
      subjectCategory: 'client',
      ageBand: '14-17',
      kind: 'inform-security-body',
      outcome: 'rejected',
      deciderAuthorised: true,
      deciderIndependent: true,
      decidedBy: 'staff-0100',
      decidedByFunction: 'head of the programme',
      secondApprover: 'staff-0105',
      legalBasis: { code: 'GDPR-A6-1-d', provision: 'DSGVO Art. 6 Abs. 1 lit. d' },
      automation: { level: 'none' },
      reviewDue: '2025-05-14',
      policy: 'security-contacts@2',
      dpoConsulted: true,
      dpoAdvice: 'No ground for lifting secrecy is in sight.',
      dpoAdviceFollowed: true,
      gateway: 'none-needed',
      justification: 'What was said points to no danger to anybody; the conversation goes on.',
      necessity: 'Nothing needs to be passed on.',
      alternatives: 'An anonymous consultation with the police was held instead.',
      balancing: 'Trust outweighs a suspicion that has no facts.',
      subjectRisk: 'Informing would end the contact.',
    },
  },
};
