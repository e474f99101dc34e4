import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, digest, instant, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { keyUse } from '../vocabularies/key-use.js';

/** A body's Ed25519 key, relied on from a moment. Only the public half is ever seen here. */
export class KeyRegistered {
  @Required('terms', agency, 'Whose key it is.')
  readonly agency: Given<string>;

  @Required('terms', reference, 'Names the key in signatures; never a person.')
  readonly keyId: Given<string>;

  @Required('terms', code(keyUse))
  readonly use: Given<string>;

  @Required('terms', digest, 'The 32 bytes of the public key.')
  readonly publicKey: Given<string>;

  @Required('terms', instant)
  readonly validFrom: Given<string>;

  @Optional('terms', instant, 'Open where absent.')
  readonly validUntil?: Given<string>;
}

export const keyRegistered: EntryType = {
  name: 'KeyRegistered',
  title: { en: 'Key registered', de: 'Schlüssel eingetragen' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'operator',
  dataVersion: 1,
  data: KeyRegistered,

  sentence(terms, language) {
    const key = said(terms['keyId'], language);
    const whose = said(terms['agency'], language);
    const use = label(keyUse, terms['use'], language);
    return language === 'de'
      ? `Schlüssel ${key} von ${whose} eingetragen für: ${use}.`
      : `Key ${key} of ${whose} registered for: ${use}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000040b',
    type: 'KeyRegistered',
    occurredAt: '2026-01-05T10:00:00.000Z',
    data: {
      agency: 'youth-office.example',
      keyId: 'youth-office-2026',
      use: 'entries',
      publicKey: 'ERERERERERERERERERERERERERERERERERERERERERE',
      validFrom: '2026-01-05T10:00:00.000Z',
      validUntil: '2028-01-05T10:00:00.000Z',
    },
  },
};
