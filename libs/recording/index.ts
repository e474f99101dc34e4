export { located, prepareEntry, type PreparedEntry } from './entry.js';
export { catchUp, committed } from './fold.js';
export { Integrator, type Published } from './integrator.js';
export { Receipts } from './receipts.js';
export { Recorder, type Recorded } from './recorder.js';
export { Register, type Place } from './register.js';
export { Sequencer } from './sequencer.js';
export { storedLeaf } from './stored-leaf.js';
export { TreeStore } from './tree-store.js';
