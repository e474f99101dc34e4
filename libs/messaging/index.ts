export * from './record-stream.js';
