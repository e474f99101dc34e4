export * from './platformatic-record-stream.js';
