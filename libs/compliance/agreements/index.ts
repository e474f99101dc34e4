export * from './agreement-in-prose.js';
export * from './covering-clause.js';
export * from './diff-agreements.js';
export * from './left-open.js';
