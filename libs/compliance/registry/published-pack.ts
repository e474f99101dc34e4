import { dayIn, isObject, textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import { agreedDeadline } from '../rules/deadlines/agreed-deadline.js';
import { holidaysOf, type Deadline } from '../rules/deadlines/calendar.js';
import { everyRule } from '../rules/every-rule.js';
import { partsOf, textsOf } from '../rules/matter.js';
import type { RulePack } from '../rules/packs/pack.js';
import type { RuleSettings } from '../rules/rule.js';

/** A version of a pack, and from which day on it is valid. */
export interface PublishedPack {
  readonly pack: RulePack;
  /** a day like 2026-11-22; null where it is not said: then from when it was published */
  readonly validFrom: string | null;
}

/** A pack as `RulePackPublished` says it; null where it does not say which pack or which version it is. */
export function publishedPack(data: JsonObject): PublishedPack | null {
  const code = textIn(data, 'pack');
  const { version } = data;
  if (code === null || typeof version !== 'number') return null;
  const place = placeOf(data);
  return {
    pack: {
      code,
      version,
      extends: textsOf(data, 'extends'),
      ...(place && { place }),
      rules: Object.fromEntries(partsOf(data, 'overrides').flatMap(ruleOf)),
    },
    validFrom: dayIn(data, 'validFrom'),
  };
}

function ruleOf(override: JsonObject): readonly (readonly [string, RulePack['rules'][string]])[] {
  const rule = textIn(override, 'rule');
  if (rule === null) return [];
  const severity = textIn(override, 'severity');
  const basis = textIn(override, 'kind');
  const source = textIn(override, 'source');
  const deadline = deadlineIn(override);
  const deadlines = byCode.has(rule) ? Object.fromEntries(partsOf(override, 'deadlines').flatMap(deadlineByCode)) : {};
  const { applies } = override;
  return [
    [
      rule,
      {
        ...(isSeverity(severity) && { severity }),
        ...((basis === 'law' || basis === 'policy') && { basis }),
        ...(deadline && { deadline }),
        ...(Object.keys(deadlines).length > 0 && { deadlines }),
        ...(typeof applies === 'boolean' && { applies }),
        ...(source !== null && { source }),
      },
    ],
  ];
}

/** The rules whose time depends on a code: times by a code mean nothing to the others. */
const byCode: ReadonlySet<string> = new Set(everyRule.flatMap(({ id, deadlines }) => (deadlines ? [id] : [])));

const deadlineIn = ({ deadline }: JsonObject): Deadline | null =>
  isObject(deadline) ? agreedDeadline(deadline) : null;

function deadlineByCode(one: JsonObject): readonly (readonly [string, Deadline])[] {
  const code = textIn(one, 'code');
  const deadline = deadlineIn(one);
  return code === null || deadline === null ? [] : [[code, deadline]];
}

function placeOf(data: JsonObject): RulePack['place'] | null {
  const calendar = textIn(data, 'calendar');
  const zone = textIn(data, 'timeZone');
  const isKnown = zone !== null && isZone(zone);
  if (calendar === null && !isKnown) return null;
  return { ...(calendar !== null && holidaysOf(calendar)), ...(isKnown && { zone }) };
}

/** The catalogue takes any name: one that no calendar knows must not end all judging. */
const isZone = (name: string): boolean => Intl.supportedValuesOf('timeZone').includes(name);

const isSeverity = (value: string | null): value is RuleSettings['severity'] =>
  value === 'urgent' || value === 'high' || value === 'medium' || value === 'low';
