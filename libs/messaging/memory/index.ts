export { Memory } from './memory.js';
export * from './memory-record-stream.js';
