import { described, json, refersTo } from './described.js';
import { tags } from './tags.js';
import {
  agency,
  Always,
  codesOf,
  count,
  flag,
  instant,
  listOf,
  oneOf,
  orNull,
  Sometimes,
  text,
  uuid,
} from './values.js';
import { Wording } from './wording.js';

const severity = oneOf(codesOf('severity'));
const basis = oneOf(['law', 'policy']);
const pack = { ...text, pattern: '^[A-Z0-9-]+@[1-9]\\d*$' };

class Change {
  @Sometimes(severity, 'Where the pack changes it.')
  readonly severity?: string;

  @Sometimes(basis, 'Where the pack changes it.')
  readonly basis?: string;

  @Sometimes(flag, 'Where the pack changes it: whether the rule is checked.')
  readonly applies?: boolean;

  @Sometimes({ type: Wording }, 'Where the pack changes it.')
  readonly deadline?: Wording;

  @Sometimes(text, 'Provision it rests on. † marks what a lawyer must confirm.')
  readonly source?: string;
}

/** What a pack makes of a rule, for whoever is under it. */
export class PackChange extends Change {
  @Always(pack, 'The pack, code@version.')
  readonly pack: string;
}

/** What a pack makes of a rule. */
export class RuleChange extends Change {
  @Always({ ...text, pattern: '^[A-Z]{3}-\\d{2}$' }, 'The rule.')
  readonly rule: string;
}

/** One version of a rule pack. */
export class PackDescription {
  @Always(pack, 'code@version, as check notes cite it.')
  readonly pack: string;

  @Always(
    flag,
    'It is judged by today: it comes with the ledger, or is the latest version published whose day has come.',
  )
  readonly inForce: boolean;

  @Always(listOf(text), 'Packs it builds on: they bind whom it binds.')
  readonly extends: readonly string[];

  @Always(
    orNull({ ...text, format: 'date' }),
    'From which day on; null: from the beginning, or from when it was published.',
  )
  readonly validFrom: string | null;

  @Always(orNull(agency), 'Who published it, `ledger` for who runs it; null: it comes with the ledger.')
  readonly publishedBy: string | null;

  @Always(orNull(instant), 'When it was published.')
  readonly publishedAt: string | null;

  @Always(orNull(uuid), 'The entry of the registry log that publishes it.')
  readonly entry: string | null;

  @Sometimes(
    { type: 'object', properties: { country: text, region: text, zone: text } },
    'How days are counted under it; what it leaves open is as the packs before it have it.',
  )
  readonly place?: object;

  @Always({ type: [RuleChange] }, 'In the order of the rules.')
  readonly changes: readonly RuleChange[];
}

/** One duty that is checked after every entry. */
export class RuleDescription {
  @Always({ ...text, pattern: '^[A-Z]{3}-\\d{2}$' }, 'As check notes cite it.')
  readonly id: string;

  @Always({ ...count, minimum: 1 }, 'Raised when it would judge differently.')
  readonly version: number;

  @Always({ type: Wording }, 'What has to be so.')
  readonly statement: Wording;

  @Always({ type: Wording }, 'What to do, or what would have been right.')
  readonly compliant: Wording;

  @Always(listOf(text), 'What it rests on. † marks what a lawyer must confirm.')
  readonly sources: readonly string[];

  @Always(severity, 'How soon a data protection officer should look.')
  readonly severity: string;

  @Always(basis, '`law`: a duty by statute; `policy`: one that the network or the product set.')
  readonly basis: string;

  @Always(flag, 'False: only checked where a pack says so.')
  readonly applies: boolean;

  @Always({ type: Wording }, 'How long what is owed may take. Where it depends on a code, each code follows.')
  readonly deadline: Wording;

  @Always({ type: [PackChange] }, 'Packs in force that change it, in the order in which they are applied.')
  readonly packs: readonly PackChange[];
}

export class Rules {
  @Always({ type: [RuleDescription] }, 'In the order of the catalogue of rules.')
  readonly rules: readonly RuleDescription[];

  @Always({ type: [PackDescription] }, 'Every version: those that come with the ledger, then the published ones.')
  readonly packs: readonly PackDescription[];
}

export const DescribedRules = () =>
  described({
    operationId: 'listRules',
    tag: tags.officers,
    summary: 'List the rules that are checked',
    description: [
      'Every rule with its sources, and the packs in force today that change it for those under them. Severity, basis and ' +
        'deadline of a rule are those without any pack. Beside them every version of a pack: those that come with the ' +
        'ledger and those that were published in the registry log: what is published of a pack goes over what comes with the ' +
        'ledger, and what it does not speak of stays. A broken rule raises a check note; it never refuses an ' +
        'entry. ' +
        '**Who may call:** every caller with a token.',
    ],
    answers: { 200: { description: 'The rules.', content: json(refersTo(Rules)) } },
    problems: { 'invalid-query': 'it takes no parameter' },
    models: [Rules, RuleDescription, PackDescription, PackChange, RuleChange],
  });
