export * from './block.js';
export * from './canonical.js';
export * from './derived-id.js';
export * from './leaf.js';
export * from './statement.js';
