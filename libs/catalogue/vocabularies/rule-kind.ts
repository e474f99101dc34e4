import { vocabulary } from '../vocabulary.js';

/** Where a rule comes from. */
export const ruleKind = vocabulary('rule-kind', 1, {
  law: { en: 'law', de: 'Gesetz' },
  policy: { en: 'policy', de: 'Vorgabe' },
});
