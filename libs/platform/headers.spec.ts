import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { DomainError } from '#kernel';
import { linkHeader, noneMatch, openCursor, sealCursor, strongTag, waitPreference, weakTag } from '#platform';

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('Prefer', () => {
  it.each<[string | undefined, number | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['respond-async', undefined],
    ['wait=0', 0],
    ['wait=60', 60],
    ['WAIT = "5"', 5],
    ['respond-async, wait=10', 10],
    ['return=minimal; x="a, wait=3", wait=7', 7],
    ['waiting=9', undefined],
  ])('%j asks to wait %s seconds', (header, seconds) => {
    expect(waitPreference(header)).toBe(seconds);
  });

  it.each([
    'wait=-1',
    'wait=1e9',
    'wait=61',
    'wait=1.5',
    'wait=',
    'wait',
    'wait=5;x=1',
    'wait=0x5',
    'wait=5, wait=5',
    'wait=1,WAIT=2',
    'wait=٣',
  ])('%j is refused', (header) => {
    expect(codeOf(() => waitPreference(header))).toBe('malformed-request');
  });

  it('sent twice is refused', () => {
    expect(codeOf(() => waitPreference(['wait=1', 'wait=1']))).toBe('malformed-request');
  });
});

describe('a cursor', () => {
  const key = Buffer.alloc(32, 7);
  const seal = { key, scope: 'dpo police disclosures category=health' };
  const cursor = sealCursor({ after: 17 }, seal);

  it('continues the list it came from', () => {
    expect(openCursor(cursor, seal)).toEqual({ after: 17 });
    expect(cursor).toMatch(/^[A-Za-z0-9_.-]+$/);
  });

  it('opens with no other key, caller or filter', () => {
    expect(codeOf(() => openCursor(cursor, { ...seal, key: Buffer.alloc(32, 8) }))).toBe('invalid-query');
    expect(codeOf(() => openCursor(cursor, { ...seal, scope: `${seal.scope}s` }))).toBe('invalid-query');
  });

  it('is refused at every single changed, dropped or added character', () => {
    for (let index = 0; index < cursor.length; index += 1) {
      for (const other of ['', 'A', 'B', '.', '=', ' ', '\0']) {
        const changed = cursor.slice(0, index) + other + cursor.slice(index + 1);
        if (changed !== cursor) expect(codeOf(() => openCursor(changed, seal))).toBe('invalid-query');
      }
    }
  });

  it('that somebody made up is refused, whatever it is', () => {
    const forged = Buffer.from('{"after":0}').toString('base64url');
    for (const text of [
      '',
      '.',
      forged,
      `${forged}.`,
      `${forged}.${randomBytes(32).toString('base64url')}`,
      'a'.repeat(1e6),
    ]) {
      expect(codeOf(() => openCursor(text, seal))).toBe('invalid-query');
    }
    fc.assert(
      fc.property(fc.string(), (text) => codeOf(() => openCursor(text, seal)) === 'invalid-query'),
      { seed: 20261122 },
    );
  });

  it('does not mix up where scope ends and place begins', () => {
    expect(codeOf(() => openCursor(sealCursor('b', { key, scope: 'a"' }), { key, scope: 'a' }))).toBe('invalid-query');
  });
});

describe('an entity tag', () => {
  it('is the same for the same bytes and in the form of RFC 9110', () => {
    expect(strongTag('x')).toBe(strongTag(Buffer.from('x')));
    expect(strongTag('x')).not.toBe(strongTag('y'));
    expect(strongTag('x')).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
    expect(weakTag('x')).toBe(`W/${strongTag('x')}`);
  });

  it('is recognised among those a caller holds, strong or weak', () => {
    const tag = strongTag('x');
    expect(noneMatch(tag, tag)).toBe(true);
    expect(noneMatch(`"other", W/${tag}`, tag)).toBe(true);
    expect(noneMatch(tag, weakTag('x'))).toBe(true);
    expect(noneMatch(' * ', tag)).toBe(true);
    expect(noneMatch(undefined, tag)).toBe(false);
    expect(noneMatch(strongTag('y'), tag)).toBe(false);
    expect(noneMatch(tag.slice(1, -1), tag)).toBe(false);
  });
});

describe('Link', () => {
  it('names the targets there are', () => {
    expect(linkHeader({ next: '/v1/inbox?cursor=a.b', prev: undefined })).toBe('</v1/inbox?cursor=a.b>; rel="next"');
    expect(linkHeader({ next: undefined })).toBe('');
  });
});
