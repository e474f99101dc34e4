export * from './contribution.js';
