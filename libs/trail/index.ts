export type { Redaction, RedactionReason } from './lines.js';
export { InvalidPolicy, parsePolicy, type Policy } from './policy.js';
export {
  type BlockCounts,
  type Complaint,
  exitCodeOf,
  type Finding,
  type TrailReport,
  type Verdict,
} from './report.js';
export { findingLine, sentenceOf } from './report-text.js';
export type { DisclosedEntry, SourceLeaf, TrailSource } from './trail-source.js';
export type { Progress } from './turns.js';
export { type Trust, verifyTrail } from './verify-trail.js';
export { type TrailManifest, writeTrail } from './write-trail.js';
