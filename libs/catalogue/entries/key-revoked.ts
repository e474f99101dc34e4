import type { EntryType } from '../entry-type.js';
import { Required } from '../field.js';
import { agency, code, instant, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { keyRevocation } from '../vocabularies/key-revocation.js';

/** A key is not relied on any more. What it signed before `notTrustedFrom` stays good. */
export class KeyRevoked {
  @Required('terms', agency, 'Whose key it is.')
  readonly agency: Given<string>;

  @Required('terms', reference)
  readonly keyId: Given<string>;

  @Required('terms', code(keyRevocation))
  readonly cause: Given<string>;

  @Required('terms', instant, 'Can be earlier than the revocation: when the key may have been out of hand.')
  readonly notTrustedFrom: Given<string>;
}

export const keyRevoked: EntryType = {
  name: 'KeyRevoked',
  title: { en: 'Key revoked', de: 'Schlüssel widerrufen' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'operator',
  dataVersion: 1,
  data: KeyRevoked,

  sentence(terms, language) {
    const key = said(terms['keyId'], language);
    const whose = said(terms['agency'], language);
    const why = label(keyRevocation, terms['cause'], language);
    const from = said(terms['notTrustedFrom'], language);
    return language === 'de'
      ? `Schlüssel ${key} von ${whose} widerrufen: ${why}; kein Vertrauen ab ${from}.`
      : `Key ${key} of ${whose} revoked: ${why}; not trusted from ${from}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000040d',
    type: 'KeyRevoked',
    occurredAt: '2026-07-02T16:05:00.000Z',
    data: {
      agency: 'school.example',
      keyId: 'school-2026',
      cause: 'compromised',
      notTrustedFrom: '2026-07-01T00:00:00.000Z',
    },
  },
};
