export * from './access-gap.js';
export * from './ask-view.js';
export * from './asked.js';
export * from './asked-view.js';
export * from './every-view.js';
export * from './page-of.js';
export * from './sorted.js';
export * from './view.js';
