export * from './event-store.js';
export * from './store-refused.js';
