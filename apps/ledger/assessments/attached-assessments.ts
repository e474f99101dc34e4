import { isObject, textIn } from '#catalogue';
import { DomainError } from '#kernel';
import { located, type PreparedEntry } from '#recording';
import type { Ledger } from '../ledger.js';
import type { AssessmentRecord } from './assessment-store.js';

/**
 * Keeps the assessments that entries name. What was recorded before is not looked at again: it may be sent once more
 * whatever became of its assessment.
 *
 * @throws DomainError `invalid-entry` for an assessment of others, one that is over, and another digest; nothing of it
 * tells which of them it is
 */
export function keepAttached(ledger: Ledger, entries: readonly PreparedEntry[]): void {
  const now = ledger.clock.now();
  const named = entries.flatMap((entry): readonly (readonly [AssessmentRecord, PreparedEntry])[] => {
    const attached = entry.said.terms['assessment'];
    if (!isObject(attached) || 'missing' in attached || ledger.register.placeOf(entry.id) !== undefined) return [];
    const record = ledger.assessments.find(textIn(attached, 'id') ?? '', now);
    if (record?.agency === entry.issuer && record.digest === textIn(attached, 'digest')) return [[record, entry]];
    const fault = { pointer: '/data/assessment', detail: 'expected id and digest of an assessment of your agency' };
    throw located(new DomainError('invalid-entry', 'the entry names no assessment of its agency', [fault]), entry);
  });
  for (const [record, { id }] of named) ledger.assessments.attach(record, id);
}
