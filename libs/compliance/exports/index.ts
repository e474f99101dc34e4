export * from './access-draft.js';
export * from './calendar-quarter.js';
export { contents } from './contents.js';
export { everyProfile } from './every-profile.js';
export * from './export-profile.js';
export * from './gather.js';
export * from './leak-test.js';
export { registerOf } from './register-of.js';
export { versions } from './versions.js';
