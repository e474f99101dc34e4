import { type Document, type Line, type Part, placeAndDate } from './document.js';
import { oneLine } from './one-line.js';

/** Characters a line, as letters and mails are set. */
const width = 76;

const blank = '_'.repeat(36);

/** A document as plain text of at most 76 characters a line, for a file, a terminal or a mail. */
export function asText(document: Document): string {
  const parts = document.parts.map((part) => partAsText(part, document).join('\n'));
  return `${[underlined(document.title, '=').join('\n'), ...parts].join('\n\n')}\n`;
}

function partAsText(part: Part, { language }: Document): readonly string[] {
  switch (part.part) {
    case 'heading':
      return underlined(part.text, '-');
    case 'paragraph':
      return wrapped(part.text);
    case 'list':
      return part.items.flatMap((item) => wrapped(item, '- '));
    case 'choices':
      return part.items.flatMap((item) => wrapped(item, '[ ] '));
    case 'lines':
      return part.lines.flatMap((line) => lineAsText(line));
    case 'table':
      return [...wrapped(part.caption), ...tableAsText(part)];
    case 'signature':
      return ['', ...lineAsText([placeAndDate[language], null]), '', ...lineAsText([part.label, null])];
  }
}

const lineAsText = ([label, value]: Line, first = ''): readonly string[] =>
  wrapped(`${label}: ${value ?? blank}`, first, `${' '.repeat(first.length)}  `);

/** Row by row, each cell after the name of its column: columns side by side would not fit. */
function tableAsText({ head, rows }: Extract<Part, { part: 'table' }>): readonly string[] {
  if (rows.length === 0) return head.flatMap((name) => wrapped(name, '- '));
  return rows.flatMap((row) => [
    '',
    ...row.flatMap((value, column) => lineAsText([head[column] ?? '', value], column === 0 ? '' : '  ')),
  ]);
}

function underlined(text: string, character: string): readonly string[] {
  const all = wrapped(text);
  return [...all, character.repeat(Math.max(...all.map((line) => Array.from(line).length)))];
}

/** @param first before the first line; the others begin with `others` */
function wrapped(text: string, first = '', others = ' '.repeat(first.length)): readonly string[] {
  const words = oneLine(text);
  const most = width - others.length;
  const all: string[] = [];
  let [before, start, room] = [first, 0, width - lengthOf(first)];
  for (let from = 0; from <= words.length;) {
    const blankAt = words.indexOf(' ', from);
    const end = blankAt < 0 ? words.length : blankAt;
    const length = lengthOf(words, from, end);
    if (length > most) return wrapped(inPieces(words, most), first, others);
    const isFirst = from === start;
    if (!isFirst && length + 1 > room) {
      all.push(before + words.slice(start, from - 1));
      [before, start, room] = [others, from, most - length];
    } else {
      room -= isFirst ? length : length + 1;
    }
    from = end + 1;
  }
  return [...all, before + words.slice(start)];
}

/** A word that is longer than a line goes over several. */
const inPieces = (words: string, room: number): string =>
  words
    .split(' ')
    .map((word) => {
      const characters = Array.from(word);
      return Array.from({ length: Math.max(1, Math.ceil(characters.length / room)) }, (_, place) =>
        characters.slice(place * room, (place + 1) * room).join(''),
      ).join(' ');
    })
    .join(' ');

/** In characters as people count them: half of a pair is none. */
function lengthOf(text: string, from = 0, end = text.length): number {
  let length = end - from;
  for (let place = from; place < end; place += 1) {
    const unit = text.charCodeAt(place);
    if (unit >= 0xd800 && unit <= 0xdbff) length -= 1;
  }
  return length;
}
