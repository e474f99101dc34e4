import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, digest, line } from '../kind.js';
import type { Given } from '../missing.js';
import { slug, versioned, versionNumber } from '../patterns.js';
import { label, said } from '../reading.js';
import { policyKind } from '../vocabularies/policy-kind.js';

/** One version of a policy of the recording agency. Decisions cite it as policy@version. GDPR 24(2), LED 19(2). */
export class PolicyPublished {
  @Required('terms', slug, 'Names the policy through all its versions.')
  readonly policy: Given<string>;

  @Required('terms', versionNumber)
  readonly version: Given<number>;

  @Required('terms', code(policyKind))
  readonly kind: Given<string>;

  @Required('terms', line)
  readonly title: Given<string>;

  @Required('terms', date)
  readonly validFrom: Given<string>;

  @Required('terms', digest, 'SHA-256 of the document.')
  readonly documentDigest: Given<string>;

  @Optional('terms', versioned, 'Version it takes the place of.')
  readonly supersedes?: Given<string>;

  @Optional('terms', date)
  readonly reviewDue?: Given<string>;

  @Optional('terms', line, 'Where it can be read.')
  readonly publishedAt?: Given<string>;
}

export const policyPublished: EntryType = {
  name: 'PolicyPublished',
  title: { en: 'Policy published', de: 'Richtlinie veröffentlicht' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: PolicyPublished,

  sentence(terms, language) {
    const kind = label(policyKind, terms['kind'], language);
    const what = `${said(terms['title'], language)} (${said(terms['policy'], language)}@${said(terms['version'], language)})`;
    const from = said(terms['validFrom'], language);
    return language === 'de'
      ? `Richtlinie veröffentlicht (${kind}): ${what}; gilt ab ${from}.`
      : `Policy published (${kind}): ${what}; in force from ${from}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000408',
    type: 'PolicyPublished',
    occurredAt: '2026-01-09T12:00:00.000Z',
    data: {
      policy: 'sharing-youth-office',
      version: 2,
      kind: 'sharing',
      title: 'Who decides on passing on social data',
      validFrom: '2026-01-15',
      supersedes: 'sharing-youth-office@1',
      reviewDue: '2027-01-15',
      documentDigest: 'zc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc0',
      publishedAt: 'Intranet of the youth office',
    },
  },
};
