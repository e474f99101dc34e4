export * from './asyncapi.js';
export * from './broker-options.js';
export * from './checkpoint-record.js';
export * from './leaf-mac.js';
export * from './leaf-record.js';
export * from './partition.js';
export * from './partition-key.js';
export * from './record-stream.js';
export { InvalidRecord, type RecordFault, type RecordSource } from './cloud-event.js';
