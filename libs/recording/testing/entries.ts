import { entryTypes, validateEntry, type EntryBody } from '#catalogue';
import { agencyId, instantAt, ledgerIssuer, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { prepareEntry, type PreparedEntry } from '../entry.js';

export const police: AgencyId = agencyId('police.example');
export const youthOffice: AgencyId = agencyId('youth-office.example');
export const clinic: AgencyId = agencyId('clinic.example');

/** When everything here happens. */
export const now: Instant = instantAt(Date.UTC(2026, 10, 22, 10));

const digits = (number: number): string => number.toString().padStart(12, '0');
export const entryNumber = (number: number): string => `0192f0c1-7b1a-7c3d-8e4f-${digits(number)}`;
export const exchangeNumber = (number: number): string => `0192f0c1-7b1a-7c3d-9e4f-${digits(number)}`;

export interface Wish {
  readonly by?: AgencyId;
  readonly exchange?: number;
  readonly data?: JsonObject;
  /** fields of the example to leave out */
  readonly without?: readonly string[];
  readonly expectedVersion?: number;
  readonly line?: number;
}

/** An entry as its sender would send it: the example of its type, with what is wished for. */
export function body(type: string, number: number, wish: Wish = {}): EntryBody & { readonly expectedVersion?: number } {
  const example = entryTypes.get(type)?.example;
  if (example === undefined) throw new Error(`no type ${type}`);
  const data = Object.entries(example.data).filter(([name]) => wish.without?.includes(name) !== true);
  return {
    id: entryNumber(number),
    type,
    ...(wish.exchange !== undefined && { exchange: exchangeNumber(wish.exchange) }),
    ...(wish.expectedVersion !== undefined && { expectedVersion: wish.expectedVersion }),
    occurredAt: instantAt(Date.parse(now) - 60_000),
    data: { ...Object.fromEntries(data), ...wish.data },
  };
}

/** The same entry, sealed with fresh salts each time. */
export function prepared(type: string, number: number, wish: Wish = {}): PreparedEntry {
  const isOperators = entryTypes.get(type)?.recordedBy === 'operator';
  return prepareEntry(
    validateEntry(body(type, number, wish), now),
    isOperators ? ledgerIssuer : (wish.by ?? police),
    isOperators ? 'operator' : 'agency',
    wish.line ?? null,
  );
}

export const admission = (number: number, agency: AgencyId): PreparedEntry =>
  prepared('AgencyAdmitted', number, { data: { agency } });

/** An entry of no exchange. */
export const operation = (number: number, wish: Wish = {}): PreparedEntry =>
  prepared('ProcessingOperationLogged', number, wish);

/** The first entry of an exchange between the issuer and the addressee. */
export const request = (number: number, exchange: number, wish: Wish = {}): PreparedEntry =>
  prepared('InformationRequested', number, { exchange, ...wish });
