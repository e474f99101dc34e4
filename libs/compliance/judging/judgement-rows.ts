import { always, entryTypes } from '#catalogue';
import { ledgerIssuer, type EntryId } from '#kernel';
import type { Given } from '../projection.js';
import { everyRule } from '../rules/every-rule.js';
import { judge, type InForce } from '../rules/judge.js';
import type { JudgedEntry } from '../rules/matter.js';
import type { Rule } from '../rules/rule.js';
import type { Side } from '../rules/side.js';
import { checkNoteIdOf, checkNoteKeyOf } from './check-note-key.js';
import { withLinked, type LoadedMatter } from './judged-matters.js';
import type { JudgementTable } from './judgement-tables.js';
import { kindsOf, type MatterName } from './matters-of.js';
import { registriesOf, type RegistryWith } from './registries-of.js';
import { judgedByEach, type JudgedFrom } from './viewpoints.js';

/** What all rules say of matters. What is kept leaves no row. */
export async function judgementRows(
  matters: readonly LoadedMatter[],
  given: Given,
): Promise<readonly JudgementTable[]> {
  const inForce = await inForceOf(matters, given);
  return matters.flatMap((matter) => {
    const entries = new Map(matter.entries.map((entry) => [entry.id, entry]));
    const then = (entry: EntryId): InForce => inForce(matter, entry, entries);
    const found = judgedByEach(matter, (known, { opened, alsoKept = false }) =>
      judge(
        known,
        everyRule,
        opened === undefined ? then : (entry) => ({ ...then(entry), opened }),
        (judgement, rule) =>
          (alsoKept || judgement.verdict.is !== 'kept') &&
          isJudgedIn(matter, rule, judgement.side, entries.get(judgement.entry)),
      ),
    );
    return onePerKey(found.flatMap((judged) => rowOf(matter, judged)));
  });
}

/**
 * An entry stands in several matters, and a rule may judge several kinds of them: it judges an entry in the one of the
 * kind that it names first, and an agency in its own matter. Nothing is said of an erased entry itself, of which nobody
 * knows what it was; nor of check notes, lest one raise the next, nor of the ledger, which has no officer to tell.
 */
function isJudgedIn({ kind, id }: MatterName, rule: Rule, side: Side, found: JudgedEntry | undefined): boolean {
  if (found === undefined || found.said === null || (kind === 'agency' && side.agency !== id)) return false;
  if (side.agency === ledgerIssuer || entryTypes.get(found.said.type)?.matter?.kind === 'check-note') return false;
  if (typeof rule.about === 'string') return true;
  const kinds = kindsOf(found);
  return rule.about.find((one) => kinds.includes(one)) === kind;
}

/** A disclosure that names a recipient twice makes one judgement of it. */
function onePerKey(rows: readonly JudgementTable[]): readonly JudgementTable[] {
  const first = new Map<string, JudgementTable>();
  for (const row of rows) if (!first.has(row.key)) first.set(row.key, row);
  return [...first.values()];
}

/**
 * What was in force for an entry of a matter: the registry it was judged against, and of its packs those valid when it
 * happened. What it returns throws RangeError for an entry that neither is in the matter nor in one it refers to.
 */
async function inForceOf(matters: readonly LoadedMatter[], given: Given) {
  const registryWith = await registriesOf(matters, given);
  const known = new Map<EntryId, InForce>();
  return (matter: LoadedMatter, id: EntryId, entries: ReadonlyMap<EntryId, JudgedEntry>): InForce => {
    const then = known.get(id) ?? thenOf(matter, entries.get(id) ?? linkedEntry(matter, id), registryWith);
    known.set(id, then);
    return then;
  };
}

/** @throws RangeError for an entry that is in no matter it refers to */
function linkedEntry(matter: LoadedMatter, id: EntryId): JudgedEntry {
  const entry = withLinked(matter)
    .flatMap(({ entries }) => entries)
    .find((one) => one.id === id);
  if (entry === undefined) throw new RangeError('an entry of another matter was judged');
  return entry;
}

function thenOf(matter: LoadedMatter, entry: JudgedEntry, registryWith: RegistryWith): InForce {
  const then = registryWith(matter, entry.id);
  return { registry: then.registry, settings: then.settingsAt(entry.said?.occurredAt ?? entry.recordedAt) };
}

function rowOf({ id, kind }: MatterName, judged: JudgedFrom): readonly JudgementTable[] {
  const { key, rule, side, entry, part, verdict, settings, clause, facts } = judged;
  if (verdict.is === 'kept') return [];
  const { deadline = settings.deadline } = judged;
  const noted = checkNoteKeyOf({ rule: rule.id, agency: side.agency, entry, part });
  return [
    {
      key,
      matter: id,
      kind,
      rule: rule.id,
      rule_version: rule.version,
      agency: side.agency,
      entry_id: entry,
      part,
      verdict: verdict.is,
      due: dueOf(verdict),
      severity: settings.severity,
      basis: settings.basis,
      packs: settings.packs.join(' '),
      clause: clause ?? null,
      deadline: isAtOnce(judged) ? null : JSON.stringify(deadline),
      facts: JSON.stringify(facts),
      note: checkNoteIdOf(noted),
      shown_from: judged.shownFrom ?? always,
    },
  ];
}

/** Whether it had to be so at that moment: no time was given, nor did an entry set a day. */
const isAtOnce = ({ deadline, settings }: JudgedFrom): boolean =>
  deadline === 'at-once' || (deadline === undefined && settings.deadline === null);

function dueOf(verdict: JudgedFrom['verdict']): string | null {
  if (verdict.is === 'broken') return verdict.since;
  return verdict.is === 'kept' ? null : (verdict.due ?? null);
}
