import type { Document, Part } from '../document.js';

/** Every text of a document's structure, in its order. */
export const textsOf = ({ title, parts }: Document): readonly string[] => [title, ...parts.flatMap(textsOfPart)];

function textsOfPart(part: Part): readonly string[] {
  switch (part.part) {
    case 'heading':
    case 'paragraph':
      return [part.text];
    case 'list':
    case 'choices':
      return part.items;
    case 'lines':
      return part.lines.flatMap(given);
    case 'table':
      return [part.caption, ...part.head, ...part.rows.flatMap(given)];
    case 'signature':
      return [part.label];
  }
}

const given = (texts: readonly (string | null)[]): readonly string[] => texts.filter((text) => text !== null);
