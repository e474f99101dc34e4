export * from './connection.js';
export * from './sqlite-event-store.js';
