import { agencyIn, textIn } from '#catalogue';
import { ledgerIssuer } from '#kernel';
import { factsOf, type Matter } from '../rules/matter.js';
import type { NoteTable } from './judgement-tables.js';

/**
 * The check note of a matter as its agency's latest assessment leaves it, where one that does not say how it stands leaves
 * it as it was; null where it was not raised, or is erased.
 */
export function noteIn(matter: Matter): NoteTable | null {
  const raised = factsOf(matter, 'CheckNoteRaised').find(
    ({ id, issuer }) => id === matter.id && issuer === ledgerIssuer,
  );
  if (raised === undefined) return null;
  const { id, recordedAt, terms } = raised;
  const [rule, agency, fact] = [textIn(terms, 'rule'), agencyIn(terms, 'agency'), textIn(terms, 'fact')];
  if (rule === null || agency === null || fact === null) return null;
  const assessed = factsOf(matter, 'CheckNoteAssessed').findLast(
    (one) => one.issuer === agency && textIn(one.terms, 'status') !== null,
  );
  return {
    entry_id: id,
    rule,
    agency,
    fact,
    raised_at: recordedAt,
    status: (assessed && textIn(assessed.terms, 'status')) ?? 'open',
    assessed_at: assessed?.occurredAt ?? null,
  };
}
