import { type VerifierKey, verifierKey } from '#transparency';

/** Whose countersignatures a checkpoint needs (c2sp.org/tlog-policy). */
export interface Policy {
  /** vkeys of the logs it is for; empty when it names none */
  readonly logs: readonly string[];
  readonly witnesses: readonly VerifierKey[];
  /** @param cosigned names of keys whose countersignatures are good, as `name+keyId` */
  isSatisfied(cosigned: ReadonlySet<string>): boolean;
}

/** The text is not a policy. */
export class InvalidPolicy extends Error {
  override readonly name = 'InvalidPolicy';
}

export const placeOf = ({ name, keyId }: VerifierKey | { name: string; keyId: string }): string => `${name}+${keyId}`;

type Rule = (cosigned: ReadonlySet<string>) => boolean;

/**
 * Reads a policy: lines `log`, `witness`, `group` and one `quorum`, names before their use.
 * @throws InvalidPolicy, or InvalidNote for a malformed key
 */
export function parsePolicy(text: string): Policy {
  const logs: string[] = [];
  const witnesses: VerifierKey[] = [];
  const rules = new Map<string, Rule>();
  const grouped = new Set<string>();
  let quorum: Rule | undefined;
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    const [keyword = '', name = '', value = '', ...members] = words;
    if (keyword === '' || keyword.startsWith('#')) continue;
    if (keyword === 'log' && words.length <= 3) {
      logs.push(verifierKey(name).vkey);
    } else if (keyword === 'witness' && words.length <= 4) {
      const key = verifierKey(value);
      if (witnesses.some(({ vkey }) => vkey === key.vkey)) throw new InvalidPolicy('a key is named twice');
      witnesses.push(key);
      define(rules, name, (cosigned) => cosigned.has(placeOf(key)));
    } else if (keyword === 'group') {
      const parts = members.map((member) => ungrouped(rules, grouped, member));
      const needed = thresholdOf(value, parts.length);
      define(rules, name, (cosigned) => parts.filter((rule) => rule(cosigned)).length >= needed);
    } else if (keyword === 'quorum' && words.length === 2 && quorum === undefined) {
      quorum = name === 'none' ? () => true : known(rules, name);
    } else {
      throw new InvalidPolicy(`a policy has no line like this: ${line.trim()}`);
    }
  }
  if (quorum === undefined) throw new InvalidPolicy('a policy names a quorum');
  return { logs, witnesses, isSatisfied: quorum };
}

function define(rules: Map<string, Rule>, name: string, rule: Rule): void {
  if (name === '' || name === 'none' || rules.has(name)) throw new InvalidPolicy(`not a new name: ${name}`);
  rules.set(name, rule);
}

function known(rules: ReadonlyMap<string, Rule>, name: string): Rule {
  const rule = rules.get(name);
  if (rule === undefined) throw new InvalidPolicy(`unknown name: ${name}`);
  return rule;
}

function ungrouped(rules: ReadonlyMap<string, Rule>, grouped: Set<string>, name: string): Rule {
  if (grouped.has(name)) throw new InvalidPolicy(`in two groups: ${name}`);
  grouped.add(name);
  return known(rules, name);
}

function thresholdOf(text: string, members: number): number {
  if (text === 'any') return 1;
  if (text === 'all') return members;
  const threshold = Number(text);
  if (!/^[1-9]\d*$/.test(text) || threshold > members) throw new InvalidPolicy(`not a threshold: ${text}`);
  return threshold;
}
