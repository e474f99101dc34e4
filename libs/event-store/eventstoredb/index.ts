export * from './eventstoredb-event-store.js';
export * from './store-refused.js';
