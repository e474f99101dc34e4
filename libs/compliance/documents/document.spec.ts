import { type Language, languages } from '#catalogue';
import fc from 'fast-check';
import { asHtml } from './as-html.js';
import { asText } from './as-text.js';
import type { Document, Part } from './document.js';
import { oneLine } from './one-line.js';
import { textsOf } from './testing/texts-of.js';

const seed = 20261122;

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '&amp;', 'a\nb', '\u202etxt', '[ ] x'),
);
const texts = fc.array(text, { maxLength: 4 });
const perhaps = fc.option(text);
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ part: fc.constantFrom('heading' as const, 'paragraph' as const), text }),
  fc.record({ part: fc.constantFrom('list' as const, 'choices' as const), items: texts }),
  fc.record({ part: fc.constant('lines' as const), lines: fc.array(fc.tuple(text, perhaps), { maxLength: 3 }) }),
  fc.record({
    part: fc.constant('table' as const),
    caption: text,
    head: fc.tuple(text, text),
    rows: fc.array(fc.tuple(perhaps, perhaps), { maxLength: 3 }),
  }),
  fc.record({ part: fc.constant('signature' as const), label: text }),
);
const document: fc.Arbitrary<Document> = fc.record({
  language: fc.constantFrom<Language>(...languages),
  title: text,
  parts: fc.array(part, { maxLength: 6 }),
});

const unescaped = (html: string): string =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const tight = (written: string): string => oneLine(written).replaceAll(/\s/gu, '');

const paper = (...parts: readonly Part[]): Document => ({ language: 'de', title: 'Vermerk', parts });

describe(`a document (seed ${seed})`, () => {
  it('loses no text between its structure, HTML and plain text', () => {
    fc.assert(
      fc.property(document, (one) => {
        const [html, plain] = [tight(unescaped(asHtml(one))), tight(asText(one))];
        for (const written of textsOf(one)) {
          expect(html).toContain(tight(written));
          expect(plain).toContain(tight(written));
        }
      }),
      { seed },
    );
  });

  it('is the same whenever it is rendered', () => {
    fc.assert(
      fc.property(document, (one) => {
        expect(asHtml(one)).toBe(asHtml(structuredClone(one)));
        expect(asText(one)).toBe(asText(structuredClone(one)));
      }),
      { seed, numRuns: 30 },
    );
  });

  it('has no line of plain text over 76 characters, whatever is in it', () => {
    fc.assert(
      fc.property(document, (one) => {
        for (const line of asText(one).split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(76);
      }),
      { seed },
    );
  });

  it('holds only its own tags: nothing that was written in it becomes one', () => {
    const own =
      /^\/?(html|head|meta|title|style|body|main|h1|h2|p|ul|li|dl|dt|dd|div|table|caption|thead|tbody|tr|th|td)$/;
    fc.assert(
      fc.property(document, (one) => {
        const tags = [...asHtml(one).matchAll(/<([^\s>]*)/g)].map(([, name]) => name ?? '');
        for (const name of tags.slice(1)) expect(name).toMatch(own);
      }),
      { seed },
    );
  });

  it.each([
    ['a script', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['an end of its own markup', '</td></table><h1>', '&lt;/td&gt;&lt;/table&gt;&lt;h1&gt;'],
    ['an attribute', `" onload='x'`, '&quot; onload=&#39;x&#39;'],
    ['an entity', '&lt;b&gt;', '&amp;lt;b&amp;gt;'],
  ])('shows %s as it was written', (_, hostile, shown) => {
    const parts: readonly Part[] = [
      { part: 'paragraph', text: hostile },
      { part: 'table', caption: hostile, head: [hostile], rows: [[hostile]] },
      { part: 'lines', lines: [[hostile, hostile]] },
    ];
    const html = asHtml({ language: 'en', title: hostile, parts });
    expect(html.split(shown)).toHaveLength(9);
    expect(html.slice(html.indexOf('<main>'))).not.toContain(hostile);
  });

  it('lets nobody forge a line of it, turn its order or hide in it', () => {
    const forged = paper({ part: 'paragraph', text: 'ja\nAuflagen: keine\u2028\u202eenie\u200b \ud800' });
    expect(asText(forged)).toBe('Vermerk\n=======\n\nja Auflagen: keine enie \ufffd\n');
    expect(asHtml(forged)).toContain('<p>ja Auflagen: keine enie \ufffd</p>');
  });

  it('says its language, stands alone, and can be printed and read aloud', () => {
    const html = asHtml(paper({ part: 'table', caption: 'Was', head: ['Nr.', 'Angabe'], rows: [['1', null]] }));
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('@page { size: A4;');
    expect(html).toContain('<caption>Was</caption>');
    expect(html).toContain('<th scope="col">Angabe</th>');
    expect(html).toContain('<th scope="row">1</th><td>&nbsp;</td>');
    expect(html).not.toMatch(/<script|<link|<img|https?:|url\(|@import/);
  });

  it('has lines to fill in and boxes to tick in plain text, too', () => {
    const form = paper(
      { part: 'choices', items: ['Identität'] },
      { part: 'lines', lines: [['Aktenzeichen', null]] },
      { part: 'signature', label: 'Unterschrift' },
    );
    expect(asText(form)).toMatch(
      /\[ \] Identität\n\nAktenzeichen: _{36}\n\n\nOrt, Datum: _{36}\n\nUnterschrift: _{36}\n$/,
    );
  });

  it('breaks a long text between words, and a table into lines that name their column', () => {
    const long = paper(
      { part: 'list', items: ['Wort '.repeat(20)] },
      { part: 'table', caption: 'Angaben', head: ['Nr.', 'Angabe'], rows: [['1', 'Identität']] },
    );
    expect(asText(long)).toContain(`\n- ${'Wort '.repeat(14)}Wort\n  ${'Wort '.repeat(4)}Wort\n`);
    expect(asText(long)).toContain('Angaben\n\nNr.: 1\n  Angabe: Identität\n');
  });
});

describe(`a text as one line (seed ${seed})`, () => {
  it('is mended the same whether or not it looks fine at first', () => {
    const mended = (one: string): string =>
      oneLine(`\u202e${one}`)
        .split(' ')
        .filter((word) => word !== '')
        .join(' ');
    fc.assert(
      fc.property(
        fc.oneof(text, fc.string({ unit: 'grapheme-ascii' }), fc.constantFrom('„Zweck“ – § 1', '')),
        (one) => {
          expect(oneLine(one)).toBe(mended(one));
        },
      ),
      { seed, numRuns: 1_000 },
    );
  });
});
