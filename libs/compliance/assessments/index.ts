export * from './assess.js';
export * from './assessment.js';
export * from './draft.js';
export * from './template.js';
export * from './expand.js';
export type { Earlier, Expanded, Expanding } from './expanding.js';
export { onlyPurpose, type Desk } from './filled-in.js';
export * from './quick-entry.js';
