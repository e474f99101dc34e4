export * from './check-note-key.js';
export type { NoteTable } from './judgement-tables.js';
export { judgements } from './judgements.js';
export * from './owed-notes.js';
export * from './judged-under.js';
