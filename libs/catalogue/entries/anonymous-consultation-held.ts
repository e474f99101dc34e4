import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, flag, list } from '../kind.js';
import type { Given } from '../missing.js';
import { codes, enumerated, label, named } from '../reading.js';
import { anonymousOutcome } from '../vocabularies/anonymous-outcome.js';
import { channel } from '../vocabularies/channel.js';
import { dataCategory } from '../vocabularies/data-category.js';
import { pack } from '../vocabularies/pack.js';
import { purpose } from '../vocabularies/purpose.js';
import { regime } from '../vocabularies/regime.js';

/**
 * Advice on a case that was put without a person: SGB VIII 64(2a). No envelope, no exchange and no free text: nothing
 * in it can name a person or a case, or lead to one.
 */
export class AnonymousConsultationHeld {
  @Required('terms', list(agency, 1), 'Bodies whose advice was sought.')
  readonly consulted: Given<readonly string[]>;

  @Required('terms', code(purpose))
  readonly purpose: Given<string>;

  @Required('terms', code(channel))
  readonly channel: Given<string>;

  @Required('terms', code(anonymousOutcome))
  readonly outcome: Given<string>;

  @Optional('terms', list(code(dataCategory)), 'What sharing was considered.')
  readonly dataCategories?: Given<readonly string[]>;

  @Optional('terms', flag)
  readonly dpoConsulted?: Given<boolean>;

  @Optional('terms', code(regime), 'Data protection regime of the recording agency for this act.')
  readonly regime?: Given<string>;

  @Optional('terms', code(pack), 'Rule pack of the recording agency.')
  readonly pack?: Given<string>;
}

export const anonymousConsultationHeld: EntryType = {
  name: 'AnonymousConsultationHeld',
  title: { en: 'Anonymous consultation held', de: 'Anonyme Beratung geführt' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: AnonymousConsultationHeld,

  sentence(terms, language) {
    const who = named(terms['consulted'], language);
    const what = enumerated(codes(dataCategory, terms['dataCategories'], language), language);
    const outcome = label(anonymousOutcome, terms['outcome'], language);
    return language === 'de'
      ? `Anonyme Beratung mit ${who} über: ${what}; Ergebnis: ${outcome}.`
      : `Anonymous consultation with ${who} about: ${what}; outcome: ${outcome}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000106',
    type: 'AnonymousConsultationHeld',
    occurredAt: '2026-02-20T13:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      consulted: ['exit-programme.example'],
      purpose: 'exit-support',
      channel: 'oral-phone',
      dataCategories: ['exit-progress', 'family'],
      dpoConsulted: false,
      outcome: 'consent-first',
    },
  },
};
