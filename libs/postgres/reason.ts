import { isNativeError } from 'node:util/types';
import { DatabaseError } from 'pg';
import { AddressRefused } from './address.js';

/** Codes of https://www.postgresql.org/docs/current/errcodes-appendix.html */
const answers: Readonly<Record<string, string>> = {
  '28P01': 'user or password are not accepted',
  '28000': 'the server does not let this user in from here',
  '3D000': 'there is no such database',
  '3F000': 'its schema has not been created',
  '42P01': 'its schema has not been created',
  '42703': 'its schema was made by somebody else',
  '42501': 'the user lacks a right it needs; is it a member of the role that fits the process?',
  '22023': 'a role or setting is unknown to the server; has the schema been created?',
  '53300': 'the server has too many connections already',
  '57P03': 'the server is starting or stopping',
};

/** What went wrong with a database, in words for whoever runs the process. Never says a secret or a value. */
export function reasonOf(error: unknown): string {
  if (error instanceof AddressRefused) return error.reason;
  if (error instanceof DatabaseError) return withCode(answers[error.code ?? ''] ?? 'the server refuses', error.code);
  if (!isNativeError(error)) return 'it cannot be reached';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (error.message.includes('client password must be')) return 'it wants a password, and none is given';
  if (isOfTls(code, error.message)) return `TLS fails (${code ?? error.message})`;
  if ('path' in error) return withCode('a file that the connection needs cannot be read', code);
  return withCode('it cannot be reached', code ?? unspecific(error.message));
}

const withCode = (reason: string, code: string | undefined): string => (code ? `${reason} (${code})` : reason);

const isOfTls = (code: string | undefined, message: string): boolean =>
  /CERT|SSL|TLS|SIGNATURE|ALTNAME|ISSUER|DEPTH_ZERO/.test(code ?? '') || /\bSSL\b/.test(message);

/** Messages the driver itself writes; everything else might repeat what it was given. */
const unspecific = (message: string): string | undefined => (/^[A-Za-z ]{1,80}$/.test(message) ? message : undefined);
