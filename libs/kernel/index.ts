export * from './clock.js';
export * from './counters.js';
export * from './errors.js';
export * from './foreign.js';
export * from './ids.js';
export * from './logs.js';
export * from './pause.js';
