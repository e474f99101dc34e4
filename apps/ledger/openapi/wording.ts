import { Always, text } from './values.js';

/** The same in both languages of the product. */
export class Wording {
  @Always(text, 'In English.')
  readonly en: string;

  @Always(text, 'In German.')
  readonly de: string;
}
