import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, date, digest, list, nested, prose, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { ruleCode } from '../patterns.js';
import { Period } from '../period.js';
import { label } from '../reading.js';
import { auditKind } from '../vocabularies/audit-kind.js';
import { severity } from '../vocabularies/severity.js';

/** One thing an audit found, and by when it is to be put right. */
export class AuditFinding {
  @Required('terms', code(severity))
  readonly severity: Given<string>;

  @Required('terms', date)
  readonly remedyDue: Given<string>;

  @Required('reasons', prose)
  readonly description: Given<string>;

  @Optional('terms', ruleCode)
  readonly rule?: Given<string>;

  @Optional('terms', date, 'Day it was put right; open where absent.')
  readonly remediedOn?: Given<string>;
}

/** Somebody looked at the processing as a whole. GDPR 24, 39(1)(b); LED 19, 34; OVS-02. */
export class AuditPerformed extends Envelope {
  @Required('terms', code(auditKind))
  readonly kind: Given<string>;

  @Required('terms', nested(Period), 'The days that were audited.')
  readonly period: Given<Period>;

  @Required('terms', date)
  readonly completedOn: Given<string>;

  @Required('terms', list(nested(AuditFinding)), 'Empty where nothing was found.')
  readonly findings: Given<readonly AuditFinding[]>;

  @Required('terms', date, 'When the next audit is due.')
  readonly nextDue: Given<string>;

  @Required('reasons', prose, 'What was looked at and how.')
  readonly scope: Given<string>;

  @Optional('terms', agency, 'Body that audited, where it is another one.')
  readonly auditor?: Given<string>;

  @Optional('terms', uuid, 'Entry id of the audit whose findings it follows up; it repeats those with their state.')
  readonly followsUp?: Given<string>;

  @Optional('terms', count, 'Accesses looked at in a sample: ACC-01.')
  readonly sampleSize?: Given<number>;

  @Optional('terms', digest, 'SHA-256 of the report.')
  readonly reportDigest?: Given<string>;
}

export const auditPerformed: EntryType = {
  name: 'AuditPerformed',
  title: { en: 'Audit performed', de: 'Prüfung durchgeführt' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: AuditPerformed,
  retention: { reasons: 'decision' },
  matter: { kind: 'audit' },

  sentence(terms, language) {
    const kind = label(auditKind, terms['kind'], language);
    const found = Array.isArray(terms['findings']) ? terms['findings'].length : 0;
    return language === 'de'
      ? `Prüfung durchgeführt (${kind}); Zahl der Feststellungen: ${found}.`
      : `Audit performed (${kind}); number of findings: ${found}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000416',
    type: 'AuditPerformed',
    occurredAt: '2026-09-30T14:00:00.000Z',
    data: {
      kind: 'internal',
      period: { from: '2025-10-01', until: '2026-09-15' },
      completedOn: '2026-09-30',
      nextDue: '2027-09-30',
      actor: 'staff-0031',
      actorFunction: 'internal audit',
      scope: 'Disclosures to the police, and a sample of accesses to the ledger.',
      sampleSize: 60,
      findings: [
        {
          severity: 'medium',
          remedyDue: '2026-12-31',
          rule: 'CON-01',
          description: 'Two recipients had not accepted the handling conditions in time.',
        },
      ],
      reportDigest: 'VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU',
    },
  },
};
