export * from './access-purpose.js';
export * from './audience.js';
export * from './caller.js';
export * from './claims.js';
export * from './token-issuer.js';
export * from './token-verifier.js';
export { UnsafeKeyFile, secretFrom } from './key-file.js';
