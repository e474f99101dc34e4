import { vocabularies } from '#catalogue';

/** True for a code of the vocabulary of BDSG 76(3). */
export const isAccessPurpose = (text: string): text is string =>
  vocabularies.get('access-purpose')?.terms.has(text) === true;
