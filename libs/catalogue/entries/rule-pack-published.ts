import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, flag, line, list, nested, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { holidayCalendar, ruleCode, versionNumber } from '../patterns.js';
import { label, said } from '../reading.js';
import { TimeLimit } from '../time-limit.js';
import { pack } from '../vocabularies/pack.js';
import { ruleKind } from '../vocabularies/rule-kind.js';
import { severity } from '../vocabularies/severity.js';
import { urgency } from '../vocabularies/urgency.js';

/** How long somebody has where that depends on how urgent it is. */
export class TimeLimitByCode {
  @Required('terms', code(urgency))
  readonly code: Given<string>;

  @Required('terms', nested(TimeLimit))
  readonly deadline: Given<TimeLimit>;
}

/** What a pack changes in one rule. What is absent stays as the packs before it left it. */
export class RuleOverride {
  @Required('terms', ruleCode)
  readonly rule: Given<string>;

  @Required('terms', line, 'Provision or decision the change rests on.')
  readonly source: Given<string>;

  @Optional('terms', code(severity))
  readonly severity?: Given<string>;

  @Optional('terms', nested(TimeLimit))
  readonly deadline?: Given<TimeLimit>;

  @Optional(
    'terms',
    list(nested(TimeLimitByCode)),
    'Instead of it, by the urgency of a request: only for rules whose time depends on it, like REQ-02.',
  )
  readonly deadlines?: Given<readonly TimeLimitByCode[]>;

  @Optional('terms', flag, 'Whether the rule is checked at all under this pack.')
  readonly applies?: Given<boolean>;

  @Optional('terms', code(ruleKind))
  readonly kind?: Given<string>;
}

/**
 * One version of a rule pack, as data. It goes over the pack of that code that comes with the ledger, and takes the place
 * of the version published before. Check notes cite it; history can be judged under any version.
 */
export class RulePackPublished {
  @Required('terms', code(pack))
  readonly pack: Given<string>;

  @Required(
    'terms',
    versionNumber,
    'From 1001 on, and higher than those published before: up to 1000 are packs that come with the ledger.',
  )
  readonly version: Given<number>;

  @Required('terms', list(code(pack)), 'Packs it builds on, applied in this order before it.')
  readonly extends: Given<readonly string[]>;

  @Required('terms', list(nested(RuleOverride)))
  readonly overrides: Given<readonly RuleOverride[]>;

  @Required('terms', date)
  readonly validFrom: Given<string>;

  @Optional('terms', holidayCalendar, 'Country or region whose holidays count, ISO 3166-2 like DE-NW.')
  readonly calendar?: Given<string>;

  @Optional('terms', reference, 'IANA time zone in which days begin.')
  readonly timeZone?: Given<string>;
}

export const rulePackPublished: EntryType = {
  name: 'RulePackPublished',
  title: { en: 'Rule pack published', de: 'Regelpaket veröffentlicht' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'operator',
  dataVersion: 1,
  data: RulePackPublished,

  sentence(terms, language) {
    const what = `${label(pack, terms['pack'], language)}, ${said(terms['version'], language)}`;
    const from = said(terms['validFrom'], language);
    return language === 'de'
      ? `Regelpaket veröffentlicht: ${what}; gilt ab ${from}.`
      : `Rule pack published: ${what}; in force from ${from}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000040a',
    type: 'RulePackPublished',
    occurredAt: '2026-01-05T09:00:00.000Z',
    data: {
      pack: 'DE-SGB',
      version: 1001,
      extends: ['EU-GDPR'],
      validFrom: '2026-01-05',
      calendar: 'DE-NW',
      timeZone: 'Europe/Berlin',
      overrides: [
        { rule: 'LAW-02', severity: 'urgent', kind: 'law', source: 'BVerfG 1 BvR 1873/13' },
        {
          rule: 'LOG-04',
          deadline: { amount: 3, unit: 'working-days' },
          kind: 'policy',
          source: 'Decision of the network of 5 January 2026',
        },
        { rule: 'CNF-03', applies: false, source: 'Belgian law only' },
      ],
    },
  },
};
