export { exchangeAmong } from './places.js';
export * from './vault.js';
