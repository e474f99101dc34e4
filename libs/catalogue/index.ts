export * from './agreement-changes.js';
export { agreementSchemaText } from './agreement-schema.js';
export { agreementVersionOf, conflicts, isInForce, nameOf, type AgreementVersion } from './agreement-conflicts.js';
export * from './basis-of.js';
export * from './blocks.js';
export * from './entry-type.js';
export * from './entry-types.js';
export * from './exchange.js';
export {
  duties,
  type Duty,
  type ExchangeHead,
  type ExchangeState,
  exchangeStates,
  type Turn,
  wasEscalatedTo,
} from './exchange-head.js';
export { type Field, fieldsOf } from './field.js';
export { bodiesOf, linesOf } from './lines-of.js';
export { longestList, type Nested } from './kind.js';
export * from './missing.js';
export { highestShippedVersion, shippedPackVersions } from './pack-versions.js';
export * from './reading.js';
export * from './standing.js';
export * from './validate-entry.js';
export * from './visibility.js';
export * from './vocabularies.js';
export * from './vocabulary.js';
