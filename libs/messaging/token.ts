import type { Credentials } from './broker-options.js';

/** Whoever hands out tokens did not. */
export class NoToken extends Error {
  override readonly name = 'NoToken';
}

/** @throws NoToken, without what the provider said: that may hold the request it sent, and with it a secret */
export async function tokenOf(credentials: Extract<Credentials, { mechanism: 'oauthbearer' }>): Promise<string> {
  try {
    return await credentials.token();
  } catch {
    throw new NoToken('no token could be had');
  }
}
