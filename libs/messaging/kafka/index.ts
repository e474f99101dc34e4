export * from './kafka-record-stream.js';
