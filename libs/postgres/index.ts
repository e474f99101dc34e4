export * from './address.js';
export * from './group-role.js';
export * from './reason.js';
export * from './unfit-server.js';
