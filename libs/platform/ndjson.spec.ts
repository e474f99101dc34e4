import { DomainError, type Fault } from '#kernel';
import { mostLines, splitLines } from '#platform';

function refusalOf(text: string): { code: string; fault: Fault | undefined } {
  try {
    splitLines(Buffer.from(text, 'utf8'));
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, fault: error.faults[0] };
    throw error;
  }
  throw new Error('was accepted');
}

describe('a batch', () => {
  it('is taken apart at its line feeds', () => {
    expect(splitLines(Buffer.from('{"a":1}\n[2]\n')).map((line) => Buffer.from(line).toString())).toEqual([
      '{"a":1}',
      '[2]',
    ]);
  });

  it(`has up to ${mostLines} lines`, () => {
    expect(splitLines(Buffer.from('{}\n'.repeat(mostLines)))).toHaveLength(mostLines);
    expect(refusalOf('{}\n'.repeat(mostLines + 1))).toMatchObject({
      code: 'too-large',
      fault: { line: mostLines + 1 },
    });
  });

  it.each([
    ['nothing', '', 1],
    ['a blank line', '{}\n\n{}\n', 2],
    ['a line of white space', '{}\n{}\n \t\n', 3],
    ['a blank line at the end', '{}\n\n', 2],
    ['only a line feed', '\n', 1],
    ['lines ended by CR LF', '{}\r\n{}\r\n', 1],
    ['lines ended by CR', '{}\r{}\r', 1],
    ['a carriage return inside a line', '{}\n{\r}\n', 2],
    ['a byte order mark', '\ufeff{}\n', 1],
    ['a last line without line feed', '{}\n{}', 2],
    ['one line without line feed', '{}', 1],
  ])('with %s is refused and the line named', (_what, text, line) => {
    expect(refusalOf(text)).toMatchObject({ code: 'malformed-ndjson', fault: { line } });
  });
});
