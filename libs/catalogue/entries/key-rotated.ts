import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, digest, instant, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { keyUse } from '../vocabularies/key-use.js';

/** A new key takes over from an old one. Signatures the old one made before stay good. */
export class KeyRotated {
  @Required('terms', agency, 'Whose key it is.')
  readonly agency: Given<string>;

  @Required('terms', code(keyUse))
  readonly use: Given<string>;

  @Required('terms', reference, 'Key that is replaced.')
  readonly replaces: Given<string>;

  @Required('terms', reference, 'Names the new key in signatures; never a person.')
  readonly keyId: Given<string>;

  @Required('terms', digest, 'The 32 bytes of the new public key.')
  readonly publicKey: Given<string>;

  @Required('terms', instant, 'From when the new key signs.')
  readonly validFrom: Given<string>;

  @Optional('terms', instant, 'Until when the old key may still sign.')
  readonly replacedUntil?: Given<string>;
}

export const keyRotated: EntryType = {
  name: 'KeyRotated',
  title: { en: 'Key rotated', de: 'Schlüssel gewechselt' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'operator',
  dataVersion: 1,
  data: KeyRotated,

  sentence(terms, language) {
    const whose = said(terms['agency'], language);
    const use = label(keyUse, terms['use'], language);
    const before = said(terms['replaces'], language);
    const after = said(terms['keyId'], language);
    return language === 'de'
      ? `Schlüssel von ${whose} für ${use} gewechselt: ${after} ersetzt ${before}.`
      : `Key of ${whose} for ${use} rotated: ${after} replaces ${before}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000040c',
    type: 'KeyRotated',
    occurredAt: '2026-06-01T08:00:00.000Z',
    data: {
      agency: 'youth-office.example',
      use: 'entries',
      replaces: 'youth-office-2026',
      keyId: 'youth-office-2026-2',
      publicKey: 'IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI',
      validFrom: '2026-06-01T08:00:00.000Z',
      replacedUntil: '2026-06-08T08:00:00.000Z',
    },
  },
};
