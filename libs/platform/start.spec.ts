import { StoreRefused, StoreUnavailable, type RefusalReason } from '#event-store';
import { TopicRefused } from '#messaging';
import { exitCodeOf, InvalidConfig, StartRefused } from '#platform';
import { AddressRefused } from '#postgres';
import { VaultRefused } from '#vault';
import { LogDamaged } from '../recording/log-damaged.js';

const refused = (reason: RefusalReason): StoreRefused => new StoreRefused(reason, reason);
const met = (cause: unknown): StartRefused => new StartRefused('NACHWEIS_VAULT', { cause });

describe('A process ends', () => {
  it.each<readonly [string, number, unknown]>([
    ['a setting that is wrong', 78, new InvalidConfig(['x'])],
    ['an address that is none', 78, met(new VaultRefused('x', { cause: new AddressRefused('h', 'y') }))],
    ['an event store at no address', 78, met(refused('address'))],
    ['a server that is away', 69, met(new Error('ECONNREFUSED'))],
    ['an event store that is away later', 69, new StoreUnavailable('x')],
    ...(['unreachable', 'tls', 'denied', 'version'] as const).map(
      (reason) => [reason, 69, met(refused(reason))] as const,
    ),
    ...(['truncated', 'deleted', 'foreign', 'changed'] as const).map(
      (reason) => [reason, 65, refused(reason)] as const,
    ),
    ['a foreign stream at the start', 65, met(refused('foreign'))],
    ['a vault of another ledger', 65, met(new VaultRefused('x', { isForeign: true }))],
    ['a vault whose key file others may read', 69, met(new VaultRefused('x'))],
    ['a topic that is not ours', 65, met(new TopicRefused('x'))],
    ['a log that does not fit its checkpoints', 65, new LogDamaged('x')],
    ['what nobody foresaw', 1, new TypeError('x')],
    ['what is no error', 1, 'x'],
  ])('with %s: code %i', (_, code, error) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});
