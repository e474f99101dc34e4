import { type Document, type Line, type Part, placeAndDate } from './document.js';
import { oneLine } from './one-line.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => oneLine(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** For paper first: A4, dark on white, no colour that means something. */
const style = `
@page { size: A4; margin: 20mm; }
body { font: 11pt/1.45 Arial, Helvetica, sans-serif; color: #000; background: #fff; max-width: 170mm; margin: 0 auto; }
h1 { font-size: 17pt; } h2 { font-size: 13pt; margin-top: 1.4em; break-after: avoid; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; } caption { text-align: left; font-weight: bold; }
th, td { border: 1px solid #000; padding: 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tr { break-inside: avoid; } th[scope=row] { font-weight: normal; }
dl { margin: 1em 0; } dt { font-weight: bold; } dd { margin: 0 0 2mm; overflow-wrap: anywhere; }
.blank { border-bottom: 1px solid #000; min-height: 8mm; }
.choices { list-style: none; padding-left: 0; } .choices li { padding-left: 1.6em; text-indent: -1.6em; }
.signature { break-inside: avoid; margin-top: 14mm; }
`;

/**
 * A document as one complete page of HTML: printable, readable without its looks, without script and without anything
 * from elsewhere. Every text in it is escaped.
 */
export function asHtml(document: Document): string {
  const title = escaped(document.title);
  return [
    '<!doctype html>',
    `<html lang="${document.language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${title}</h1>`,
    ...document.parts.map((part) => partAsHtml(part, document)),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function partAsHtml(part: Part, { language }: Document): string {
  switch (part.part) {
    case 'heading':
      return `<h2>${escaped(part.text)}</h2>`;
    case 'paragraph':
      return `<p>${escaped(part.text)}</p>`;
    case 'list':
      return `<ul>\n${part.items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;
    case 'choices':
      return `<ul class="choices">\n${part.items.map((item) => `<li>☐ ${escaped(item)}</li>`).join('\n')}\n</ul>`;
    case 'lines':
      return linesAsHtml(part.lines);
    case 'table':
      return tableAsHtml(part);
    case 'signature':
      return `<div class="signature">\n${linesAsHtml([
        [placeAndDate[language], null],
        [part.label, null],
      ])}\n</div>`;
  }
}

const linesAsHtml = (all: readonly Line[]): string =>
  `<dl>\n${all
    .map(
      ([label, value]) =>
        `<dt>${escaped(label)}</dt>${value === null ? '<dd class="blank">&nbsp;</dd>' : `<dd>${escaped(value)}</dd>`}`,
    )
    .join('\n')}\n</dl>`;

function tableAsHtml({ caption, head, rows }: Extract<Part, { part: 'table' }>): string {
  const cell = (value: string | null): string => (value === null ? '&nbsp;' : escaped(value));
  return [
    `<table>\n<caption>${escaped(caption)}</caption>`,
    `<thead><tr>${head.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(
      ([first = '', ...others]) =>
        `<tr><th scope="row">${cell(first)}</th>${others.map((value) => `<td>${cell(value)}</td>`).join('')}</tr>`,
    ),
    '</tbody>\n</table>',
  ].join('\n');
}
