import { blocksOf, isMissing, textIn, validateEntry } from '#catalogue';
import { DomainError, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { answeredRequest, conditionsDecided } from './answered-request.js';
import { withConsentOwed } from './consent.js';
import type { Draft } from './draft.js';
import { disclosureFilledIn, requestFilledIn, type Desk } from './filled-in.js';
import { asEntry, type Hypothetical } from './hypothetical.js';
import type { Linked } from './references.js';
import { unfit, type Template } from './template.js';

/** What a draft is filled in from, beside what it says. */
export interface Filling {
  readonly template: Template | null;
  readonly desk: Desk;
  readonly linked: Linked;
}

/** A worker who asks will write why, and knows who it is about. */
const knownAnyway = { justification: '-', case: '-', subject: '-', subjectCategory: 'client' };

const someId = '00000000-0000-8000-8000-000000000003';

/** What a draft says of the whole, as it would be recorded. */
export const givenIn = ({ said, given }: Draft, at: Instant): JsonObject => ({
  ...knownAnyway,
  ...placeholders(given, at),
  ...said,
});

/** The items of a draft as they would be recorded: something stands for what will be written. */
export const itemsIn = ({ items, givenOfItems }: Draft, at: Instant): readonly JsonObject[] =>
  items.map((item, place) => ({ ...placeholders(givenOfItems[place] ?? [], at), ...item }));

/** Of what will be written, that it will be: something in its place has the same effect on every rule. */
const placeholders = (names: readonly string[], at: Instant): JsonObject =>
  Object.fromEntries(names.map((name) => [name, name === 'qualityCheckedAt' ? at : '-']));

/** The entry that a draft would become, filled in as a quick entry is. */
export function draftEntry(
  draft: Draft,
  items: readonly JsonObject[],
  others: readonly AgencyId[],
  { template, desk, linked }: Filling,
): Hypothetical {
  const { agency, at } = desk;
  const filling = { given: { ...givenIn(draft, at), items }, others, template, desk };
  if (draft.kind === 'request') {
    if (others.length > 1) throw unfit('/counterparts', 'a request has one addressee');
    return { agency, at, type: 'InformationRequested', data: requestFilledIn(filling) };
  }
  const request = answeredRequest(draft.said, linked);
  const purpose = request && textIn(request.terms, 'purpose');
  const more = {
    disclosureId: someId,
    ...(request !== null && { spontaneous: false }),
    ...(purpose !== null && { purpose }),
    ...(draft.kind === 'conference' && { channel: 'oral-conference' }),
  };
  const decided = request === null ? [] : conditionsDecided({ request: request.id, agency, at }, linked);
  const data = withConsentOwed(disclosureFilledIn({ ...filling, more, conditionsDecided: decided }));
  return { agency, at, type: 'InformationDisclosed', data, linked };
}

/**
 * The terms that rules would read of an entry.
 *
 * @throws DomainError `invalid-body` where a code is none, or its purpose is left open
 */
export function termsOf(entry: Hypothetical): JsonObject {
  requireForm(entry);
  if (isMissing(entry.data['purpose']))
    throw unfit('/purpose', 'the clause leaves it open: expected one of its purposes');
  return blocksOf(asEntry(entry)).terms ?? {};
}

/**
 * Codes are checked as those of an entry are.
 *
 * @param called how a field of the entry is called in the draft
 * @throws DomainError `invalid-body` with pointers into the draft
 */
export function requireForm(
  { type, at, data }: Hypothetical,
  called: (pointer: string) => string = (pointer) => pointer,
): void {
  try {
    validateEntry({ id: someId, type, exchange: someId, occurredAt: at, data }, at);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const faults = error.faults.map(({ pointer, detail }) => ({
      pointer: called(pointer.replace(/^\/data/, '')),
      detail,
    }));
    throw new DomainError('invalid-body', 'this is nothing that can be assessed', faults, { cause: error });
  }
}
