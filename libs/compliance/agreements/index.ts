export * from './covering-clause.js';
