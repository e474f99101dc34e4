export * from './address.js';
export * from './reason.js';
