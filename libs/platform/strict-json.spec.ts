import fc from 'fast-check';
import { DomainError, type Fault } from '#kernel';
import { canonical, type JsonValue } from '#statement';
import { deepestNesting, parseStrict } from '#platform';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

function refusalOf(input: Uint8Array, line?: number): Fault {
  try {
    parseStrict(input, line);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error.code).toBe('malformed-json');
    const [fault] = error.faults;
    if (fault !== undefined) return fault;
  }
  throw new Error('was accepted');
}

describe('strict JSON', () => {
  it('reads what JSON.parse reads when it has one meaning', () => {
    const text = '{"a":[1,-2,0,"x\\u00e9\\ud83d\\ude00",true,null,{}],"b":{"a":"","":[[]]},"c":9007199254740991}';
    expect(parseStrict(bytes(text))).toEqual(JSON.parse(text));
    expect(parseStrict(bytes('"alone"'))).toBe('alone');
    expect(parseStrict(bytes(' \t\r\n{ } \n'))).toEqual({});
  });

  it('reads back every canonical value', () => {
    const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        fc.maxSafeInteger().map((value) => (Object.is(value, -0) ? 0 : value)),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree')),
        fc.dictionary(
          fc.string({ unit: 'grapheme' }).filter((name) => name !== '__proto__' && !name.includes('\0')),
          tie('tree'),
          { noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(canonical(parseStrict(bytes(canonical(value))))).toBe(canonical(value));
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it.each([
    ['a name twice', '{"a":{"b":1,"c":2,"b":3}}', '/a/b'],
    ['a name twice, once escaped', '{"id":1,"\\u0069d":2}', '/id'],
    ['a name twice in an object of a list', '{"items":[{"n":1},{"n":1,"n":1}]}', '/items/1/n'],
    ['__proto__', '{"data":{"__proto__":{"role":"dpo"}}}', '/data/__proto__'],
    ['__proto__, escaped', '{"__pr\\u006fto__":1}', '/__proto__'],
    ['a fraction', '{"n":1.0}', '/n'],
    ['an exponent', '[0,1e3]', '/1'],
    ['minus zero', '{"n":-0}', '/n'],
    ['2^53', '{"n":9007199254740992}', '/n'],
    ['-2^53', '{"n":-9007199254740992}', '/n'],
    ['a number that rounds to a safe one', '{"n":9007199254740993}', '/n'],
    ['a number beyond all doubles', '{"n":1e999}', '/n'],
    ['a lone high surrogate', '{"a/b~c":"\\ud800"}', '/a~1b~0c'],
    ['a lone low surrogate', '{"a":["\\udc00\\ud800"]}', '/a/0'],
    ['a lone surrogate in a name', '{"\\ud800":1}', '/\ufffd'],
    ['U+0000', '{"a":{"b":"x\\u0000y"}}', '/a/b'],
    ['U+0000 in a name', '{"\\u0000":1}', '/\0'],
  ])('refuses %s and says where', (_what, text, pointer) => {
    expect(refusalOf(bytes(text)).pointer).toBe(pointer);
  });

  it.each([
    '',
    ' ',
    '{',
    '{"a":1}x',
    '{"a":1}{}',
    "{'a':1}",
    '{"a":1,}',
    '[1,]',
    '{a:1}',
    '// no\n{}',
    '/* no */ {}',
    '01',
    '+1',
    '.5',
    'NaN',
    'Infinity',
    'undefined',
    '"a\nb"',
    '"\\x41"',
    '\u00a0{}',
  ])('refuses %j, which is not JSON', (text) => {
    expect(refusalOf(bytes(text)).detail).toMatch(/^not JSON from character \d+ on$/);
  });

  it('refuses a byte order mark, broken UTF-8, overlong forms and UTF-16', () => {
    expect(refusalOf(bytes('\ufeff{}')).detail).toContain('byte order mark');
    expect(refusalOf(Buffer.from([0x22, 0xff, 0x22])).detail).toBe('not UTF-8');
    expect(refusalOf(Buffer.from([0x22, 0xc0, 0x80, 0x22])).detail).toBe('not UTF-8');
    expect(refusalOf(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])).detail).toBe('not UTF-8');
    expect(refusalOf(Buffer.from('\ufeff{}', 'utf16le')).detail).toBe('not UTF-8');
  });

  it('takes the deepest allowed nesting and refuses one level more', () => {
    const nested = (levels: number): Buffer => bytes('['.repeat(levels) + ']'.repeat(levels));
    expect(() => parseStrict(nested(deepestNesting))).not.toThrow();
    expect(refusalOf(nested(deepestNesting + 1)).pointer).toBe('/0'.repeat(deepestNesting));
    expect(refusalOf(nested(100)).detail).toContain('levels deep');
  });

  it.each([
    ['arrays', '['.repeat(131_072) + ']'.repeat(131_072)],
    ['objects', '{"a":'.repeat(43_000) + '1' + '}'.repeat(43_000)],
    ['arrays that never end', '['.repeat(262_144)],
  ])('survives 256 KiB of nested %s', (_what, text) => {
    expect(refusalOf(bytes(text)).detail).toMatch(/levels deep|not JSON/);
  });

  it('reads 256 KiB of names without slowing down as their square', () => {
    const text = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`n${index}`, index])));
    expect(Object.keys(parseStrict(bytes(text)) as object)).toHaveLength(20_000);
  });

  it('never repeats what was sent, not even in the message of a syntax error', () => {
    for (const text of ['{"name":"Erika Mustermann","n":1.5}', '{"name":"Erika Mustermann" x']) {
      const fault = refusalOf(bytes(text));
      expect(JSON.stringify(fault)).not.toContain('Erika');
    }
  });

  it('names the line of a batch', () => {
    expect(refusalOf(bytes('{'), 7).line).toBe(7);
    expect(refusalOf(bytes('{"a":1,"a":1}'), 8)).toEqual({
      pointer: '/a',
      detail: 'stands twice in its object',
      line: 8,
    });
  });

  it('reads a view on a larger buffer and nothing around it', () => {
    const whole = bytes('x{"a":1}x');
    expect(parseStrict(new Uint8Array(whole.buffer, whole.byteOffset + 1, whole.length - 2))).toEqual({ a: 1 });
  });
});
