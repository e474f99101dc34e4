import { cosigner, ed25519FromSeed, type NoteSigner } from '#transparency';
import type { Instant } from '#kernel';
import { InvalidPolicy, parsePolicy } from './index.js';

const clock = { now: () => '2026-11-23T08:00:00.000Z' as Instant };
const [a, b, c] = ['a', 'b', 'c'].map((name, n) =>
  cosigner(`${name}.example`, ed25519FromSeed(Buffer.alloc(32, n + 1)), clock),
) as [NoteSigner, NoteSigner, NoteSigner];
const names = (...signers: NoteSigner[]): Set<string> => new Set(signers.map(({ name, keyId }) => `${name}+${keyId}`));
const witnesses = `witness a ${a.vkey} https://a.example\nwitness b ${b.vkey}\nwitness c ${c.vkey}\n`;

describe('a witness policy', () => {
  it('may ask for one of several, all, or a number of them, also of groups', () => {
    const policy = parsePolicy(`# ours\n${witnesses}group ab any a b\n\ngroup both 2 ab c\nquorum both\n`);
    expect(policy.isSatisfied(names(a, c))).toBe(true);
    expect(policy.isSatisfied(names(b, c))).toBe(true);
    expect(policy.isSatisfied(names(a, b))).toBe(false);
    expect(parsePolicy(`${witnesses}group x all a b c\nquorum x`).isSatisfied(names(a, b))).toBe(false);
    expect(parsePolicy(`${witnesses}quorum a`).isSatisfied(names(a))).toBe(true);
  });

  it('may ask for nobody', () => {
    expect(parsePolicy('quorum none').isSatisfied(new Set())).toBe(true);
  });

  it.each([
    ['no quorum', witnesses],
    ['two quorums', `${witnesses}quorum a\nquorum b`],
    ['an unknown name', `${witnesses}quorum d`],
    ['a name used before it is defined', `quorum a\n${witnesses}`],
    ['a name defined twice', `${witnesses}group a any b\nquorum a`],
    ['a member of two groups', `${witnesses}group x any a\ngroup y any a\nquorum y`],
    ['a key named twice', `${witnesses}witness d ${a.vkey}\nquorum a`],
    ['a threshold beyond the group', `${witnesses}group x 3 a b\nquorum x`],
    ['a threshold of zero', `${witnesses}group x 0 a b\nquorum x`],
    ['an unknown keyword', `${witnesses}trust everybody\nquorum a`],
    ['a group called none', `${witnesses}group none any a\nquorum none`],
  ])('is refused with %s', (_, text) => {
    expect(() => parsePolicy(text)).toThrow(InvalidPolicy);
  });
});
