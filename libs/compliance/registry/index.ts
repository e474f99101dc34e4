export type { PackVersion } from './packs-then.js';
export { RegistryFollower } from './registry-follower.js';
export type { RecordedAgreement } from './registry-snapshot.js';
