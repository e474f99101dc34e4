import type { ExchangeId } from '#kernel';
import { exchangeAmong } from '#vault';
import type { Place } from './vault.js';

const one = '0195b000-0000-7000-8000-000000000001' as ExchangeId;
const other = '0195b000-0000-7000-8000-000000000002' as ExchangeId;
const stored = (exchange: ExchangeId | null, ...digests: readonly string[]): Place => ({ exchange, digests });

describe('the exchange an entry was stored under', () => {
  it('is the one whose blocks the leaf names, whichever ledger stored first', () => {
    const places = [stored(one, 'a', 'b'), stored(other, 'c', 'd')];
    expect(exchangeAmong(places, ['d', 'c'])).toBe(other);
    expect(exchangeAmong(places.toReversed(), ['d', 'c'])).toBe(other);
  });

  it('is told from being of no exchange at all', () => {
    expect(exchangeAmong([stored(one, 'a'), stored(null, 'b')], ['b'])).toBeNull();
  });

  it('may have been stored with blocks that the leaf does not name', () => {
    expect(exchangeAmong([stored(one, 'a', 'b', 'c')], ['a', 'b'])).toBe(one);
  });

  it.each([
    ['nothing was stored', [], ['a']],
    ['other blocks were stored', [stored(one, 'b')], ['a']],
    ['only some of its blocks were stored', [stored(one, 'a')], ['a', 'b']],
    ['its blocks were stored here and there', [stored(one, 'a'), stored(other, 'b')], ['a', 'b']],
    ['the leaf names no blocks', [stored(one, 'a')], []],
  ] as const)('cannot be known where %s', (_, places, digests) => {
    expect(exchangeAmong(places, digests)).toBeUndefined();
  });
});
