import { isAgencyId, ledgerIssuer, type AgencyId } from '#kernel';
import { roles, type Caller, type Role } from './caller.js';

/** The claims of a token that say who calls. `iss`, `aud`, `exp` and `nbf` are the verifier's. */
export interface CallerClaims {
  readonly sub: string;
  readonly role: Role;
  readonly agency: string;
  readonly competent_for?: readonly string[];
}

export class InvalidClaims extends Error {
  override readonly name = 'InvalidClaims';
}

const longestSubject = 255;
const control = /\p{Cc}/u;

/**
 * Every token names its role and its body; only a regulator names the agencies it is competent for.
 * No body is called as the ledger itself is.
 *
 * @throws InvalidClaims
 */
export function callerOf(claims: Readonly<Record<string, unknown>>): Caller {
  const role = roles.find((name) => name === claims['role']);
  if (role === undefined) throw new InvalidClaims('unknown role');
  return {
    subject: subjectOf(claims['sub']),
    role,
    agency: bodyOf(claims['agency']),
    competentFor: competenceOf(role, claims['competent_for']),
  };
}

export const claimsOf = (caller: Caller): CallerClaims => ({
  sub: caller.subject,
  role: caller.role,
  agency: caller.agency,
  ...(caller.role === 'regulator' && { competent_for: caller.competentFor }),
});

function subjectOf(value: unknown): string {
  if (typeof value !== 'string' || value === '' || value.length > longestSubject) {
    throw new InvalidClaims(`a subject has 1 to ${longestSubject} characters`);
  }
  if (!value.isWellFormed() || control.test(value)) throw new InvalidClaims('a subject is plain text');
  return value;
}

function bodyOf(value: unknown): AgencyId {
  if (!isAgencyId(value) || value === ledgerIssuer) throw new InvalidClaims('not the id of a body');
  return value;
}

function competenceOf(role: Role, value: unknown): readonly AgencyId[] {
  if (role !== 'regulator') {
    if (value !== undefined) throw new InvalidClaims('only a regulator is competent for agencies');
    return [];
  }
  if (!Array.isArray(value)) throw new InvalidClaims('a regulator names the agencies it is competent for');
  return [...new Set(value.map(bodyOf))];
}
