import type { Caller } from '#access';
import { textIn } from '#catalogue';
import { entriesNaming, referencesOf, type Draft, type Linked } from '#compliance/assessments';
import { DomainError, isInstant, type EntryId } from '#kernel';
import { readEntry } from '../entries/entry-reader.js';
import { isAskedOf } from '../entries/is-asked-of.js';
import type { Ledger } from '../ledger.js';
import { scopeOf, viewed } from '../views/viewing.js';

/**
 * What is recorded of the consents, permissions, conferences and disclosures that a draft names, as far as its agency may know it:
 * terms only, nothing about a person. Of requests, those that are its own to answer.
 */
export async function linkedIn({ said }: Pick<Draft, 'said'>, ledger: Ledger, caller: Caller): Promise<Linked> {
  const ids = referencesOf(said);
  if (ids.length === 0) return new Map();
  const found = await viewed(ledger, (views, now) => entriesNaming(views, scopeOf(caller), now, ids));
  const matters = [...found].map(async ([id, entries]) => {
    const known = await Promise.all(entries.map((entry) => judged(entry, ledger, caller)));
    return [id, { kind: 'exchange', id, entries: known.flatMap((one) => one ?? []), linked: new Map() }] as const;
  });
  return new Map(await Promise.all(matters));
}

type Judged = NonNullable<ReturnType<Linked['get']>>['entries'][number];

async function judged(id: EntryId, ledger: Ledger, caller: Caller): Promise<Judged | null> {
  const entry = await readEntry(ledger, id, caller).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'not-found') return null;
    throw error;
  });
  if (entry?.leaf.log !== 'entries') return null;
  const { place, leaf, disclosures } = entry;
  const terms = disclosures.find(({ block }) => block === 'terms')?.value ?? {};
  const [type, occurredAt] = [textIn(terms, 'type'), terms['occurredAt']];
  if (type === null || !isInstant(occurredAt)) return null;
  if (type === 'InformationRequested' && !isAskedOf({ id, terms }, ledger, caller)) return null;
  const { iss: issuer } = leaf.statement;
  return { index: place.index, id, issuer, recordedAt: leaf.recordedAt, said: { type, occurredAt, terms } };
}
