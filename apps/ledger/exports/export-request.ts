import { isObject, languages, textIn, type Language } from '#catalogue';
import { everyProfile, lastClosed, quarterNamed, type ExportProfile, type ExportScope } from '#compliance/exports';
import { DomainError, isAgencyId, isInstant, isUuid, type AgencyId, type Fault, type Instant } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { unknownNames } from '../unknown-names.js';

/** What somebody asks to be handed. */
export interface ExportRequest {
  readonly profile: ExportProfile;
  readonly language: Language;
  readonly basis?: string;
  /** some of the agencies a regulator is competent for */
  readonly agencies?: readonly AgencyId[];
  readonly from?: Instant;
  readonly until?: Instant;
  readonly quarter?: string;
  readonly exchange?: string;
  readonly matter?: string;
  readonly search?: string;
  readonly agreement?: string;
}

interface Form {
  readonly expected: string;
  readonly accepts: (value: JsonValue) => boolean;
}

const text = (form: RegExp, expected: string): Form => ({
  expected,
  accepts: (value) => typeof value === 'string' && form.test(value),
});
const uuid: Form = { expected: 'a lower-case UUID', accepts: isUuid };
const instant: Form = { expected: 'an instant like 2026-11-22T10:00:00.123Z', accepts: isInstant };
const mostAgencies = 100;

const forms = {
  profile: {
    expected: `one of ${[...everyProfile.keys()].join(', ')}`,
    accepts: (value) => typeof value === 'string' && everyProfile.has(value),
  },
  language: { expected: 'en or de', accepts: (value) => languages.some((one) => one === value) },
  basis: text(/^[^\p{Cc}]{1,200}$/u, 'one line of up to 200 characters'),
  agencies: {
    expected: `1 to ${mostAgencies} agency ids, each once`,
    accepts: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.length <= mostAgencies &&
      value.every(isAgencyId) &&
      new Set(value).size === value.length,
  },
  from: instant,
  until: instant,
  quarter: {
    expected: 'a calendar quarter like 2026-Q3',
    accepts: (value) => typeof value === 'string' && quarterNamed(value) !== null,
  },
  exchange: uuid,
  matter: uuid,
  search: uuid,
  agreement: text(/^[a-z0-9][a-z0-9-]{0,63}@[1-9]\d{0,8}$/, 'agreement@version'),
} as const satisfies Readonly<Record<string, Form>>;

type Name = keyof typeof forms;

/** What each way of choosing entries needs to be told: one of each list. */
const needed: Readonly<Record<ExportScope, readonly (readonly [Name, ...(readonly Name[])])[]>> = {
  period: [['from'], ['until']],
  quarter: [['quarter']],
  matter: [['matter']],
  'exchange-or-matter': [['exchange', 'matter']],
  person: [['search']],
  agreement: [['agreement']],
  registry: [],
};
const usual = ['profile', 'language', 'basis'];

/** @throws DomainError `invalid-body` with a pointer for each fault */
export function exportRequest(value: JsonValue): ExportRequest {
  const body: JsonObject = isObject(value) ? value : {};
  const profile = everyProfile.get(textIn(body, 'profile') ?? '');
  if (profile === undefined) throw invalid([{ pointer: '/profile', detail: `expected ${forms.profile.expected}` }]);
  const known = [...usual, ...(profile.of === 'quarter' ? [] : ['agencies']), ...needed[profile.of].flat()];
  const unknown = Object.keys(body).filter((name) => !known.includes(name));
  const faults: Fault[] = [...unknownNames(unknown, `nothing ${profile.id} is asked with`)];
  for (const choice of needed[profile.of]) {
    const [first, second] = choice.filter((name) => body[name] !== undefined);
    if (first === undefined) faults.push({ pointer: `/${choice[0]}`, detail: `expected ${forms[choice[0]].expected}` });
    if (second !== undefined) faults.push({ pointer: `/${second}`, detail: `expected one of ${choice.join(', ')}` });
  }
  for (const [name, { accepts, expected }] of Object.entries<Form>(forms)) {
    const given = body[name];
    if (given !== undefined && known.includes(name) && !accepts(given)) {
      faults.push({ pointer: `/${name}`, detail: `expected ${expected}` });
    }
  }
  const { from, until } = body;
  if (faults.length === 0 && typeof from === 'string' && typeof until === 'string' && from >= until) {
    faults.push({ pointer: '/until', detail: 'expected a moment after from' });
  }
  if (faults.length > 0) throw invalid(faults);
  return { language: 'de', ...body, profile };
}

/** @throws DomainError `invalid-body` for a quarter whose figures can still change */
export function requireClosed({ quarter }: Pick<ExportRequest, 'quarter'>, now: Instant): void {
  const closes = quarter === undefined ? undefined : quarterNamed(quarter)?.closes;
  if (closes === undefined || closes <= now) return;
  const detail = `expected a quarter up to ${lastClosed(now).name}: the figures of one are made a month after its end`;
  throw invalid([{ pointer: '/quarter', detail }]);
}

const invalid = (faults: readonly Fault[]): DomainError =>
  new DomainError('invalid-body', 'this is not a request for an export', faults.slice(0, 20));
