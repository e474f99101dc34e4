import { entryTypes } from '#catalogue';
import { agencyId } from '#kernel';
import { LedgerClient, LedgerRefused, LedgerUnreachable } from './ledger-client.js';

const police = agencyId('polizei.example');
const { example } = entryTypes.get('InformationRequested') ?? { example: undefined };
if (example === undefined) throw new Error('no such type');

interface Sent {
  readonly url: string;
  readonly token: string;
  readonly type: string;
  readonly body: string;
}

type Reply = Error | { status: number; body?: unknown; retryAfter?: string };

/** A client whose requests are answered from a list, the last answer again and again. */
function clientOf(...replies: readonly Reply[]) {
  const sent: Sent[] = [];
  const waits: number[] = [];
  let minted = 0;
  const client = new LedgerClient({
    url: 'http://ledger.example/base/',
    tokens: { tokenFor: async ({ role, agency }) => `${role}/${agency}/${(minted += 1)}` },
    wait: async (milliseconds) => void waits.push(milliseconds),
    fetch: async (url, { headers, body: sentBody }) => {
      const reply = replies[Math.min(sent.length, replies.length - 1)];
      sent.push({
        url,
        token: headers.authorization,
        type: headers['content-type'],
        body: sentBody,
      });
      if (reply === undefined || reply instanceof Error) throw reply ?? new Error('no reply');
      const { status, body = {}, retryAfter } = reply;
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
        status,
        headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
      });
    },
  });
  return { client, sent, waits };
}

const lost = new TypeError('fetch failed', { cause: new Error('socket hang up') });

describe('a client of the ledger', () => {
  it('sends one entry as JSON and several as lines, in the name of their agency', async () => {
    const { client, sent } = clientOf({ status: 201 });
    await client.record(police, [example]);
    await client.record(police, [example, example]);
    expect(sent.map(({ url }) => url)).toEqual(Array(2).fill('http://ledger.example/base/v1/entries'));
    expect(sent.map(({ type }) => type)).toEqual(['application/json', 'application/x-ndjson']);
    expect(sent[1]?.body).toBe(`${JSON.stringify(example)}\n`.repeat(2));
    expect(sent.map(({ token }) => token)).toEqual(Array(2).fill('Bearer agency/polizei.example/1'));
  });

  it('says whether all of it was recorded before', async () => {
    const { client } = clientOf({ status: 201 }, { status: 200 });
    await expect(client.record(police, [example])).resolves.toEqual({ isRepeat: false });
    await expect(client.record(police, [example])).resolves.toEqual({ isRepeat: true });
  });

  it('sends the same again when the connection is lost, and does not take its own entry for an old one', async () => {
    const { client, sent, waits } = clientOf(lost, lost, { status: 200 });
    await expect(client.record(police, [example])).resolves.toEqual({ isRepeat: false });
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    expect(sent).toHaveLength(3);
    expect(waits).toEqual([200, 400]);
  });

  it('waits as long as a full ledger asks it to', async () => {
    const { client, waits } = clientOf({ status: 503, retryAfter: '7' }, { status: 429 }, { status: 201 });
    await client.record(police, [example]);
    expect(waits).toEqual([7000, 400]);
  });

  it('never waits longer than half a minute, whatever the ledger says', async () => {
    const { client, waits } = clientOf(
      { status: 503, retryAfter: '9e9' },
      { status: 503, retryAfter: '-1' },
      { status: 201 },
    );
    await client.record(police, [example]);
    expect(waits).toEqual([30_000, 400]);
  });

  it('gives up soon where nothing ever answered, and later where something did', async () => {
    const never = clientOf(lost);
    await expect(never.client.record(police, [example])).rejects.toThrow(LedgerUnreachable);
    await expect(never.client.record(police, [example])).rejects.toThrow('socket hang up');
    expect(never.sent).toHaveLength(8);
    const once = clientOf({ status: 201 }, lost);
    await once.client.record(police, [example]);
    await expect(once.client.record(police, [example])).rejects.toThrow(LedgerUnreachable);
    expect(once.sent).toHaveLength(13);
  });

  it('asks for a fresh token once when the old one is not taken any more', async () => {
    const expired = { status: 401, body: { code: 'unauthenticated', detail: 'expired' } };
    const { client, sent } = clientOf({ status: 201 }, expired, { status: 201 });
    await client.record(police, [example]);
    await client.record(police, [example]);
    expect(sent.at(-1)?.token).toBe('Bearer agency/polizei.example/2');
    const never = clientOf(expired);
    await expect(never.client.record(police, [example])).rejects.toThrow('401 unauthenticated: expired');
    expect(never.sent).toHaveLength(2);
  });

  it('shows a problem document whole and sends nothing again', async () => {
    const errors = [
      { line: 2, pointer: '/data/purpose', detail: 'unknown code' },
      { pointer: '/id', detail: 'expected a lower-case UUID' },
      'odd',
      null,
    ];
    const { client, sent } = clientOf({ status: 422, body: { code: 'invalid-entry', detail: 'not valid', errors } });
    const refused = await client.record(police, [example]).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LedgerRefused);
    expect(refused).toMatchObject({ status: 422, code: 'invalid-entry' });
    expect(String(refused)).toContain(
      '422 invalid-entry: not valid\n  line 2: /data/purpose: unknown code\n  /id: expected',
    );
    expect(sent).toHaveLength(1);
  });

  it.each(['<html>no</html>', '[1]', '"text"', 'null', ''])(
    'survives a refusal that is no problem document: %s',
    async (body) => {
      const { client } = clientOf({ status: 404, body });
      await expect(client.record(police, [example])).rejects.toThrow(
        '404 unknown: the answer is not a problem document',
      );
    },
  );

  it('lets the operator admit an agency once', async () => {
    const { client, sent } = clientOf({ status: 201 });
    await Promise.all([client.admit(police, example), client.admit(police, example)]);
    expect(sent.map(({ token }) => token)).toEqual(['Bearer operator/operator.example/1']);
  });
});
